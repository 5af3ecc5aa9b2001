"""The scorer alone: installed with its own extra, it opens and scores without the platform."""

import json
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scorer.commands import main
from tests.scorer.fixtures import MakeClip, TinyModel
from tests.training import world as walls

ROOT = Path(__file__).resolve().parents[2]
ALONE = """
import importlib, json, pkgutil, sys
from importlib.machinery import PathFinder

kept = set(json.loads(sys.argv[1]))

class Only:
    find_distributions = PathFinder.find_distributions

    @staticmethod
    def find_spec(name, path=None, target=None):
        top = name.partition(".")[0]
        known = top in kept or top.startswith("_sysconfigdata")  # named by the platform
        return PathFinder.find_spec(name, path, target) if known else None

builtin = ("BuiltinImporter", "FrozenImporter")
sys.meta_path = [f for f in sys.meta_path if getattr(f, "__name__", "") in builtin] + [Only]
import scorer
for module in pkgutil.walk_packages(scorer.__path__, "scorer."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from scorer.commands import main
sys.exit(main(sys.argv[2:]))
"""


def needed() -> set[str]:
    """The distributions that `pip install crest[scorer]` brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    waiting = [*project["dependencies"], *project["optional-dependencies"]["scorer"]]
    found: set[str] = set()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        here = requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in extras
        )
        if name in found or not here:
            continue
        found.add(name)
        try:
            waiting += requires(name) or []
        except PackageNotFoundError:  # for another platform
            continue
    return found


def test_needs_nothing_but_its_own_extra(
    tmp_path: Path, make_clip: MakeClip, tiny_model: TinyModel
) -> None:
    walls.film(make_clip, lambda sha: tmp_path / "media" / f"{sha}.mp4")
    path = tmp_path / "media" / f"{walls.sha(7)}.mp4"
    snapshot = walls.write_snapshot(tmp_path / "snapshot")
    data = ("--snapshot", str(snapshot), "--media", str(tmp_path / "media"))
    model = ("--model", str(tiny_model("smolvlm")), "--readout", "digits", "--steps", "1")
    assert main(("train", *data, *model, "--out", str(tmp_path / "out"))) == 0

    brought = needed()
    modules = {
        module
        for module, names in packages_distributions().items()
        if brought.intersection(map(canonicalize_name, names))
    }
    assert not modules & {"django", "celery", "rest_framework", "psycopg", "redis"}
    kept = json.dumps(sorted({*sys.stdlib_module_names, *modules, "scorer"}))
    asked = ("score", "--scorer", str(tmp_path / "out"), str(path), "A purple wall.")
    command = [sys.executable, "-W", "error", "-c", ALONE, kept, *asked]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stderr == ""
    (score,) = json.loads(told.stdout)
    assert score["caption"] == "A purple wall."
