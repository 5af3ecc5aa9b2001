"""How well a scorer agrees with people, beside how well people agree with one another."""

from scorer.evaluation.comparison import Comparison, compare
from scorer.evaluation.report import Report, evaluate

__all__ = ["Comparison", "Report", "compare", "evaluate"]
