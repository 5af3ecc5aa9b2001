"""How far annotators agree, on whether a dimension is involved and on its level, apart.

`docs/explanation/agreement.md` says what each figure means and which to trust.
"""

from scorer.agreement.disputes import Disputes, disputes
from scorer.agreement.estimate import Estimate, Reason
from scorer.agreement.report import Agreement, Applicability, Level, agreement

__all__ = [
    "Agreement",
    "Applicability",
    "Disputes",
    "Estimate",
    "Level",
    "Reason",
    "agreement",
    "disputes",
]
