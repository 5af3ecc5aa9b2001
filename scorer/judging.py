"""A scorer's word beside people's, for every rated caption whose video can be seen."""

from collections.abc import Callable, Mapping, Sequence

from scorer import frames, metrics
from scorer.evaluation.columns import Judged
from scorer.frames import Clip
from scorer.levels import Score
from scorer.rubric import Dimension
from scorer.scorer import Scorer
from scorer.sights import Failure, PathOf
from scorer.snapshot import Example

Say = Callable[[Clip, Sequence[str]], Sequence[Score]]
"""What is said of a clip's captions."""


def judged(
    scorer: Scorer,
    by_video: Mapping[str, Sequence[Example]],
    path_of: PathOf,
    *,
    say: Say | None = None,
) -> tuple[list[Judged], list[Failure]]:
    """By the scorer, or by whatever else looks at the same frames."""
    speak = say or scorer.score_clip
    found: list[Judged] = []
    failed = []
    for video, examples in by_video.items():
        try:
            clip = frames.sample(path_of(video), scorer.card.frames)
        except frames.Unreadable as error:
            failed.append(Failure(video, str(error)))
        else:
            scores = speak(clip, [example.caption.text for example in examples])
            found.extend(zip(scores, examples, strict=True))
    return found, failed


def compared(found: Sequence[Judged]) -> dict[Dimension, list[metrics.Pair]]:
    """Expected levels against people's, where people find a dimension involved."""
    return metrics.pairs((score, example.votes) for score, example in found)
