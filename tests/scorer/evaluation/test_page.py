"""The page and the card tell what the report holds, and need nothing from elsewhere."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml

from scorer.evaluation import evaluate
from scorer.evaluation.card import card
from scorer.evaluation.page import page
from scorer.evaluation.words import ONE_VIDEO, text
from tests.scorer.evaluation.judging import judged

FIGURES = {"srcc": 0.41, "mae": 0.9, "pairs": 0.6, "regret": None}
VALUE = {"value": 0.75, "low": 0.5, "high": 1.0, "reason": None}
TWIN = dict.fromkeys(("sensitivity", "specificity", "located", "own_fall", "other_fall"), VALUE)
BESIDE: dict[str, Any] = {
    "baselines": {"constant": {"mae": 1.25}, "length": {"srcc": 0.12}, "blind": FIGURES},
    "curve": [
        {"videos": n, "captions": 4 * n, "judgments": 60 * n, **FIGURES, "srcc": srcc}
        for n, srcc in ((1, None), (2, 0.25), (4, 0.5), (4, 0.5))
    ],
    "looks": [
        {"step": step, "loss": 0.5, "held_out": loss} for step, loss in ((5, 0.9), (10, 0.8))
    ],
    "twins": {
        "twins": 7,
        "fall": 0.5,
        "counts": {"object": 7, "camera": 0},
        "dimensions": {"object": TWIN, "camera": TWIN},
        "overall": TWIN,
    },
}


class Checked(HTMLParser):
    """Every element that is opened is closed, and nothing is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs}.isdisjoint({"src", "href"})
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("videos", [0, 1, 12])
def test_the_page_is_whole_by_itself(videos: int) -> None:
    report = json.loads(json.dumps(evaluate(judged(videos, noise=0.3), resamples=20).as_json()))
    found = page({"report": report}, title="Scorer <7>")
    checked = Checked()
    checked.feed(found)
    assert checked.open == []
    assert checked.seen.count("svg") == 10
    assert "Scorer &lt;7&gt;" in found
    assert "undefined" in found or videos > 0


def test_the_page_shows_what_stands_beside_the_report() -> None:
    report = evaluate(judged(12, noise=0.3), resamples=20).as_json()
    found = page({"report": report, **BESIDE}, title="Scorer")
    checked = Checked()
    checked.feed(found)
    assert checked.open == []
    assert checked.seen.count("svg") == 12
    assert '<tr><th scope="row">Caption length</th><td>0.120</td><td>—</td>' in found
    assert found.count('<th scope="row">240</th><td>16</td><td>4</td><td>0.500</td>') == 1
    assert "The weights of step 10 were kept" in found
    assert '<th scope="row">Object</th><td>7</td><td>0.750 [0.500, 1.000]</td>' in found
    assert '<th scope="row">Camera</th>' not in found


def test_without_twins_the_page_says_why() -> None:
    report = evaluate(judged(2, noise=0.3), resamples=20).as_json()
    none = BESIDE["twins"] | {"twins": 0, "counts": {"object": 0, "camera": 0}}
    found = page({"report": report, "curve": [], "looks": [], "twins": none}, title="Scorer")
    assert "only captions that the rules understand" in found
    assert "What more ratings" not in found
    assert "Looks at" not in found


def test_one_video_is_said_once() -> None:
    report = evaluate(judged(1, noise=0.3), resamples=20).as_json()
    assert page({"report": report}, title="Scorer").count(ONE_VIDEO) == 1


def test_a_figure_reads_with_its_interval_or_its_reason() -> None:
    value = {"value": 0.7123, "low": 0.6, "high": 0.8, "reason": None}
    assert text(value) == "0.712 [0.600, 0.800]"
    assert text({**value, "low": None, "reason": "too-sparse"}).startswith("0.712 (too sparse")
    assert text({**value, "value": None, "reason": "undefined"}).startswith("undefined")


def test_the_card_is_the_hubs() -> None:
    report = evaluate(judged(12, noise=0.3), resamples=20).as_json()
    result = {
        "model": "org/base", "readout": "digits", "train_judgments": 60, "train_captions": 20,
        "report": report,
    }  # fmt: skip
    _, front, body = card(result, snapshot="abc").split("---\n", 2)
    assert yaml.safe_load(front)["base_model"] == "org/base"
    assert "60 judgments of 20 captions, snapshot\n  `abc`" in body
    assert text(report["average"]["srcc"]) in body
    assert "Degraded twins" not in body


def test_the_card_has_baselines_and_twins() -> None:
    report = evaluate(judged(12, noise=0.3), resamples=20).as_json()
    result = {
        "model": "org/base", "readout": "digits", "train_judgments": 60, "train_captions": 20,
        "report": report, **BESIDE,
    }  # fmt: skip
    found = card(result, snapshot="abc")
    assert "| Caption length | 0.120 | — | — | — |" in found
    assert "- Blind: the scorer itself before a grey video" in found
    assert "| Object | 7 | 0.750 [0.500, 1.000] |" in found
