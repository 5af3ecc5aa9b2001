"""The page and the card tell what the report holds, and need nothing from elsewhere."""

import json
from html.parser import HTMLParser

import pytest
import yaml

from scorer.evaluation import evaluate
from scorer.evaluation.card import card
from scorer.evaluation.page import page, text
from tests.scorer.evaluation.judging import judged


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
    found = page(report, title="Scorer <7>")
    checked = Checked()
    checked.feed(found)
    assert checked.open == []
    assert checked.seen.count("svg") == 10
    assert "Scorer &lt;7&gt;" in found
    assert "undefined" in found or videos > 0


def test_a_figure_reads_with_its_interval_or_its_reason() -> None:
    value = {"value": 0.7123, "low": 0.6, "high": 0.8, "reason": None}
    assert text(value) == "0.712 [0.600, 0.800]"
    assert text({**value, "low": None, "reason": "one-video"}).startswith("0.712 (one video")
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
