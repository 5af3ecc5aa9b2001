"""How well a scorer agrees with people, beside how well people agree with one another."""

from scorer.evaluation.comparison import Comparison, NothingInCommon, compare
from scorer.evaluation.report import Report, evaluate

__all__ = ["Comparison", "NothingInCommon", "Report", "compare", "evaluate"]
