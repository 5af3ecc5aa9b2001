"""requirements.lock: what pyproject.toml asks for, and nothing of the machine that wrote it."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WANTED = [
    *PROJECT["dependencies"],
    *(d for e in PROJECT["optional-dependencies"].values() for d in e),
]
LINES = (ROOT / "requirements.lock").read_text().splitlines()
PINS = dict(line.split("==") for line in LINES if line and not line.lstrip().startswith("#"))


@pytest.mark.parametrize("wanted", WANTED)
def test_everything_wanted_is_pinned_within_its_bounds(wanted):
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])


def test_it_names_packages_and_versions_only():
    for name, version in PINS.items():
        assert re.fullmatch(r"[a-z0-9-]+", name), name
        assert re.fullmatch(r"[0-9][0-9a-z.]*", version), (
            f"{name}: {version} of one machine's build?"
        )
    assert [line for line in LINES if "//" in line or re.search(r"-[cr] ", line)] == []
