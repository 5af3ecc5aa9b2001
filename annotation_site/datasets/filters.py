"""What is let into a snapshot: typed, with one spelling, so that equal filters are equal bytes."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from scorer.rubric import Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Each narrows what the others leave; an empty tuple or None narrows nothing.

    Of several revisions of a judgment, the last one that is let through counts.
    """

    captioners: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Of captions."""

    annotators: tuple[str, ...] = ()
    """As a snapshot names them, such as `a17`."""

    since: datetime | None = None
    """Judged then or later."""

    until: datetime | None = None
    """Judged before then. Second thoughts that came later do not count."""

    late: bool = True
    """Whether answers are in that came after their lease had run out."""

    flagged: bool = True
    """Whether captions are in that somebody flagged and nobody has resolved."""

    minimum_ratings: int = 0
    """Annotators per caption; with fewer, it is left out. 0: unrated captions are in as well."""

    dimensions: tuple[Dimension, ...] = ()
    rubrics: tuple[int, ...] = ()
    """Versions of the rubric."""

    def __post_init__(self) -> None:
        for name in ("captioners", "kinds", "annotators", "dimensions", "rubrics"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        for name in ("since", "until"):
            if (instant := getattr(self, name)) is not None:
                object.__setattr__(self, name, instant.astimezone(UTC))

    @property
    def annotator_ids(self) -> tuple[int, ...]:
        return tuple(int(name[1:]) for name in self.annotators)

    @property
    def narrows_captions(self) -> bool:
        """Whether some captions of the project may be left out."""
        return bool(self.captioners or self.kinds or self.minimum_ratings or not self.flagged)

    def as_json(self) -> dict[str, Any]:
        """Every filter, set or not: the form that is part of the manifest."""
        told = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }
        return {
            **told,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
        }


EVERYTHING = Filters()
