"""Whom and what to trust: what each item deserves, and what each annotator is like.

`docs/explanation/agreement.md` says what the model assumes and when it helps.
"""

from scorer.raters.model import VERSION, Annotators, Items, RaterModel, Steps, fit

__all__ = ["VERSION", "Annotators", "Items", "RaterModel", "Steps", "fit"]
