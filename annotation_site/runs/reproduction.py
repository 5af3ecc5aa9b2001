"""The chain of custody: do a run once more from the same inputs, and hold its files against it.

A run is its snapshot, the runs it was built on, and its resolved options. A stage is deterministic
on the same kind of processor with the same versions, so every file has the same sha256. Where one
differs, a file was tampered with, or processor or versions have changed: the runs' manifests hold
the versions of both.
"""

from dataclasses import dataclass

from annotation_site.accounts.access import refuse_if_archived
from annotation_site.accounts.models import User
from annotation_site.runs import lifecycle
from annotation_site.runs.models import Kind, Run, State
from annotation_site.runs.refusals import AnotherIsActive, NotReproducible
from scorer import manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Names of files: equal by sha256 and size, unequal, and those that only one of the two has."""

    same: list[str]
    different: list[str]
    missing: list[str]
    """Which the original has and the reproduction lacks."""
    new: list[str]

    @property
    def agrees(self) -> bool:
        return not (self.different or self.missing or self.new)


def reproduce(*, run: Run, by: User | None) -> Run:
    """Ask for the run once more. Asking again while that goes on gives the same run."""
    refuse_if_archived(run.project)
    if run.kind == Kind.TURN or run.state != State.SUCCEEDED:
        raise NotReproducible
    begun = lifecycle.begin(
        project=run.project,
        kind=Kind(run.kind),
        config=run.config,
        snapshot=run.snapshot,
        parents=run.parents.all(),
        by=by,
        reproduces=run,
    )
    if not begun.created and begun.run.reproduces_id != run.pk:
        raise AnotherIsActive
    return begun.run


def compared(run: Run) -> Comparison | None:
    """A finished reproduction against its original; None for any other run. Two queries."""
    if run.reproduces is None or run.state != State.SUCCEEDED:
        return None
    theirs, ours = _files(run.reproduces), _files(run)
    both = sorted(theirs.keys() & ours.keys())
    return Comparison(
        same=[name for name in both if theirs[name] == ours[name]],
        different=[name for name in both if theirs[name] != ours[name]],
        missing=sorted(theirs.keys() - ours.keys()),
        new=sorted(ours.keys() - theirs.keys()),
    )


def _files(run: Run) -> dict[str, tuple[str, int]]:
    """All but the manifest, which names the run itself."""
    listed = run.artifacts.exclude(name=manifest.NAME).values_list("name", "sha256", "bytes")
    return {name: (sha256, size) for name, sha256, size in listed}
