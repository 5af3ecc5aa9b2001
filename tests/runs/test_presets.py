"""Every preset is options that its stages take."""

import pytest

from annotation_site.runs.models import Kind
from annotation_site.runs.options import resolve
from annotation_site.runs.presets import PRESETS, options_of


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_kind_takes_it(preset: str, kind: Kind) -> None:
    given = options_of(preset, kind)

    resolved = resolve(kind, given, paths_allowed=False)

    assert {name: resolved[name] for name in given} == (
        {stage: resolve(Kind(stage), given[stage], paths_allowed=False) for stage in given}
        if kind == Kind.TURN
        else given
    )


def test_a_preset_is_given_anew_to_everybody() -> None:
    options_of("small", Kind.TURN)["scorer"]["frames"] = 1

    assert options_of("small", Kind.SCORER)["frames"] != 1
