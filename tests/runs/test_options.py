"""The site's options are the stages' configs, field by field."""

from dataclasses import fields

import pytest
from django.conf import LazySettings
from rest_framework.exceptions import ValidationError

from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind
from annotation_site.runs.options import OPTIONS, resolve
from training import asking
from training.captions import EVERY
from training.tasks import STAGES, load


@pytest.mark.parametrize("kind", STAGES)
def test_the_defaults_are_the_configs(kind: Kind) -> None:
    _, config = load(kind)

    resolved = resolve(kind, {}, paths_allowed=False)

    assert set(resolved) == {field.name for field in fields(config)}
    assert config(**resolved) == config()


def test_a_turn_has_the_options_of_every_stage() -> None:
    resolved = resolve(Kind.TURN, {"scorer": {"seed": 3}}, paths_allowed=False)

    assert set(resolved) == {*TURN, "until"}
    assert resolved["until"] == TURN[-1]
    assert resolved["scorer"]["seed"] == 3
    for kind in TURN:
        assert set(resolved[kind]) == set(resolve(kind, {}, paths_allowed=False))


def test_captions_may_be_asked_for_in_every_kind() -> None:
    for kind in (*asking.KINDS, EVERY):
        resolve(Kind.CAPTION, {"kind": kind}, paths_allowed=False)


def test_only_the_operators_servers_are_asked(settings: LazySettings) -> None:
    settings.CAPTION_SERVERS = {"lab": "http://gpu:8000/v1"}

    assert resolve(Kind.CAPTION, {"server": "lab"}, paths_allowed=False)["server"] == "lab"
    for server in ("other", "http://169.254.169.254/v1"):
        with pytest.raises(ValidationError, match="No server has this name"):
            resolve(Kind.CAPTION, {"server": server}, paths_allowed=False)
    there = resolve(Kind.CAPTION, {"server": "http://gpu:1/v1"}, paths_allowed=True)
    assert there["server"] == "http://gpu:1/v1"


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
