"""How far an import of many files is, and what became of them: the checkpoint of its job."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from annotation_site.catalog.captions import REPORTED, CaptionsReport, Outcome
from annotation_site.catalog.records import Problem


@dataclass(slots=True, kw_only=True)
class Gathered:
    """Counts, and the first of what went wrong. All of it is in the report, line by line."""

    stage: str = "videos"
    """`videos`, then `captions`, which need them."""

    after: str = ""
    """The path of the last file of the stage that is done."""

    told_bytes: int = 0
    """The length of the report."""

    lines: int = 0
    accepted: int = 0
    skipped: int = 0
    refused: int = 0
    captions: int = 0
    """How many the files of captions brought."""

    recorded: bool = False
    problems: list[Problem] = field(default_factory=list)
    skips: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, checkpoint: Mapping[str, Any]) -> Self:
        notes = {
            name: [Problem(**note) for note in checkpoint.get(name, ())]
            for name in ("problems", "skips")
        }
        return cls(**{**checkpoint, **notes})

    @property
    def checkpoint(self) -> dict[str, Any]:
        return asdict(self)

    def add(self, *, path: str, outcome: Outcome, reason: str) -> None:
        self.after = path
        self.lines += 1
        note = Problem(line=self.lines, reason=f"{path}: {reason}")
        match outcome:
            case "accepted":
                self.accepted += 1
            case "skipped":
                self.skipped += 1
                _note(self.skips, note)
            case "refused":
                self.refused += 1
                _note(self.problems, note)

    def report(self, *, name: str) -> CaptionsReport:
        """What became of it all. It is refused where no file was any good."""
        report = CaptionsReport(
            kind="files",
            name=name,
            lines=self.lines,
            accepted=self.accepted,
            skipped=self.skipped,
            problems=self.problems,
            skips=self.skips,
        )
        if self.lines == 0:
            report.refuse("There are no videos and no captions there.")
        elif self.refused == self.lines:
            report.refuse("All files were refused.")
        elif self.refused:
            report.reason = f"{self.refused} of {self.lines} files were refused."
        return report


def _note(notes: list[Problem], note: Problem) -> None:
    if len(notes) < REPORTED:
        notes.append(note)
