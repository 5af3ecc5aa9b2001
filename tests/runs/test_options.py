"""The site's options are the stages' configs, field by field."""

from dataclasses import fields

import pytest
from rest_framework.exceptions import ValidationError

from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind
from annotation_site.runs.options import OPTIONS, resolve
from training.tasks import STAGES, load


@pytest.mark.parametrize("kind", STAGES)
def test_the_defaults_are_the_configs(kind: Kind) -> None:
    _, config = load(kind)

    resolved = resolve(kind, {}, paths_allowed=False)

    assert set(resolved) == {field.name for field in fields(config)}
    assert config(**resolved) == config()


def test_a_turn_has_the_options_of_every_stage() -> None:
    resolved = resolve(Kind.TURN, {"scorer": {"seed": 3}}, paths_allowed=False)

    assert set(resolved) == set(TURN)
    assert resolved["scorer"]["seed"] == 3
    for kind in TURN:
        assert set(resolved[kind]) == set(resolve(kind, {}, paths_allowed=False))


def test_every_kind_has_options() -> None:
    assert set(OPTIONS) == set(Kind)


@pytest.mark.parametrize(
    "model",
    ["miniature", "HuggingFaceTB/SmolVLM2-256M-Video-Instruct", "llava-onevision_0.5b", "a"],
)
def test_a_model_has_a_name(model: str) -> None:
    assert resolve(Kind.SCORER, {"model": model}, paths_allowed=False)["model"] == model


@pytest.mark.parametrize(
    "model",
    ["", ".", "..", "a/..", "../a", "a/../b", "/etc", "~", "a/b/c", "a//b", "a/", "/a", "a\\b",
     "a b", "a\x00", "a\nb", "é", "a..b", "-a", "--x", "file:///etc", "http://x", "%2e",
     "x" * 201],
)  # fmt: skip
def test_a_model_is_never_a_path(model: str) -> None:
    for given in ({"model": model}, {"model": [model]}, {"model": {"path": model}}):
        with pytest.raises(ValidationError) as refused:
            resolve(Kind.FINETUNE, given, paths_allowed=False)
        assert set(refused.value.detail) == {"model"}


def test_the_command_line_may_give_a_path() -> None:
    given = {"scorer": {"model": "/models/mine"}}

    assert resolve(Kind.TURN, given, paths_allowed=True)["scorer"]["model"] == "/models/mine"
    with pytest.raises(ValidationError):
        resolve(Kind.TURN, given, paths_allowed=False)


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (Kind.SCORER, {"stepps": 3}, "stepps"),
        (Kind.SCORER, {"steps": 0}, "steps"),
        (Kind.SCORER, {"readout": "guess"}, "readout"),
        (Kind.SCORER, {"learning_rate": "nan"}, "learning_rate"),
        (Kind.SCORER, {"learning_rate": float("inf")}, "learning_rate"),
        (Kind.SCORER, {"learning_rate": 0}, "learning_rate"),
        (Kind.SCORE, {"batch": None}, "batch"),
        (Kind.SELECT, {"threshold": 6}, "threshold"),
        (Kind.SELECT, {"seed": -1}, "seed"),
        (Kind.TURN, {"score": {"batch": 0}}, "score"),
        (Kind.TURN, {"scorer": 3}, "scorer"),
        (Kind.TURN, {"turn": {}}, "turn"),
    ],
)
def test_nonsense_names_its_field(kind: Kind, given: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        resolve(kind, given, paths_allowed=False)
    assert set(refused.value.detail) == {field}
