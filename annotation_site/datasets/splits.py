"""Which side a video is on: decided by a hash of its content, so that it stays as data grow."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final

from annotation_site.catalog.models import TEST_PERCENT
from scorer.snapshot import Split

SIDES: Final[tuple[Split, ...]] = ("train", "validation", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRule:
    """Shares in percent of the videos; what is left is for training.

    Raising a share moves videos out of training only. The empty salt is the split that every
    project has by itself; another one draws the sides anew.
    """

    salt: str = ""
    validation: int = 0
    test: int = TEST_PERCENT

    def __post_init__(self) -> None:
        if min(self.validation, self.test) < 0 or self.validation + self.test > 99:  # noqa: PLR2004
            raise ValueError("at least one percent must be left for training")

    def side_of(self, sha256: str) -> Split:
        place = int(self._drawn(sha256)[:8], 16) % 100
        if place < self.test:
            return "test"
        # From the other end: a larger test share takes from training, not from validation.
        return "validation" if place >= 100 - self.validation else "train"

    def _drawn(self, sha256: str) -> str:
        if not self.salt:
            return sha256
        return hashlib.sha256(f"{self.salt}:{sha256}".encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


USUAL = SplitRule()
