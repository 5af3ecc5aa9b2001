"""The twin bench tells scorers apart that see, that do not, and that see everywhere."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorer import twins
from scorer.files import BadFile
from scorer.frames import Unreadable
from scorer.levels import Score
from scorer.rubric import Dimension
from scorer.snapshot import Caption, Example
from scorer.twins import Twin

if TYPE_CHECKING:
    from scorer.scorer import Scorer

Sees = Callable[[Dimension], set[Dimension]]


class ByHand:
    """Knows the twins, and lowers what it is told to lower for each."""

    def __init__(self, made: Sequence[Twin], sees: Sees) -> None:
        self.spoiled = {one.twin: one.dimension for one in made}
        self.sees = sees

    def score(self, path: Path, texts: Sequence[str]) -> list[Score]:
        if path.name == "broken":
            raise Unreadable("broken")
        return [self._score(text) for text in texts]

    def _score(self, text: str) -> Score:
        lowered = self.sees(self.spoiled[text]) if text in self.spoiled else set()
        good, bad = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
        return Score({d: bad if d in lowered else good for d in Dimension})


MADE = [
    Twin(f"video-{number}", f"good {number}", f"bad {number}", list(Dimension)[number % 5])
    for number in range(20)
]


def bench(sees: Sees, made: Sequence[Twin] = MADE) -> twins.TwinReport:
    by_hand: Scorer = ByHand(made, sees)  # type: ignore[assignment] - only what is asked of it
    return twins.bench(by_hand, made, Path, resamples=50)


@pytest.mark.parametrize(
    ("sees", "sensitivity", "specificity", "located"),
    [
        (lambda wrong: {wrong}, 1.0, 1.0, 1.0),
        (lambda _: set(), 0.0, 1.0, 0.0),
        (lambda _: set(Dimension), 1.0, 0.0, 0.0),
        (lambda wrong: set(Dimension) - {wrong}, 0.0, 0.0, 0.0),
    ],
    ids=["sees", "blind", "everywhere", "elsewhere"],
)
def test_says_whether_it_fell_there_and_only_there(
    sees: Sees, sensitivity: float, specificity: float, located: float
) -> None:
    report = bench(sees)
    assert report.twins == 20
    assert report.counts == dict.fromkeys(Dimension, 4)
    figures = {name: value.value for name, value in report.overall.items()}
    assert figures["sensitivity"] == sensitivity
    assert figures["specificity"] == specificity
    assert figures["located"] == located
    assert report.dimensions["camera"]["own_fall"].value == (3.0 if sensitivity else 0.0)


def test_intervals_are_over_videos() -> None:
    seen = bench(lambda wrong: {wrong} if wrong is Dimension.CAMERA else set())
    overall = seen.overall["sensitivity"]
    assert overall.value == 0.2
    assert overall.low < 0.2 < overall.high
    assert json.dumps(seen.as_json(), allow_nan=False)


def test_without_a_twin_there_is_no_figure() -> None:
    report = bench(lambda wrong: {wrong}, made=[Twin("broken", "good", "bad", Dimension.OBJECT)])
    assert report.twins == 0
    assert report.overall["sensitivity"].reason == "undefined"


def test_spoils_what_people_find_good() -> None:
    text = "A small red ball moves left in front of a navy wall while the camera is static."
    good = dict.fromkeys(Dimension, (0, 0, 0, 0, 0, 2))
    bad = good | {Dimension.OBJECT: (0, 2, 0, 0, 0, 0)}

    def example(number: int, votes: dict[Dimension, tuple[int, ...]]) -> Example:
        return Example(Caption(number, "video", "model", "detailed", text), votes)

    made = list(twins.of_examples({"video": [example(number, good) for number in range(5)]}))
    assert [one.dimension for one in made] == list(Dimension)
    (other,) = twins.of_examples({"video": [example(0, bad)]})
    assert other.dimension is Dimension.FEATURE
    assert list(twins.of_examples({"video": [Example(example(0, good).caption, {})]})) == []


def test_reads_twins_that_others_made(tmp_path: Path) -> None:
    path = tmp_path / "twins.jsonl"
    line = {"video": "v", "caption": "A dog.", "twin": "A cat.", "dimension": "object"}
    path.write_text(json.dumps(line) + "\n")
    assert list(twins.read(path)) == [Twin("v", "A dog.", "A cat.", Dimension.OBJECT)]
    path.write_text(json.dumps(line) + "\n" + json.dumps(line | {"dimension": "taste"}) + "\n")
    with pytest.raises(BadFile, match=r"line 2"):
        list(twins.read(path))
