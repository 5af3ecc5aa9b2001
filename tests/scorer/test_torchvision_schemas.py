"""Each in a fresh process, because an import happens once."""

import subprocess
import sys

import pytest

BROKEN = """
import builtins, sys, types, torch
from scorer import torchvision_schemas
import importlib
real = importlib.import_module
calls = []
def fail(name, *rest):
    if name == "torchvision" and not calls:
        calls.append(name)
        raise RuntimeError({message!r})
    return real(name, *rest) if name != "torchvision" else types.ModuleType(name)
importlib.import_module = fail
torchvision_schemas.ensure()
print(len(torchvision_schemas._declared))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_video_processors_can_be_imported_afterwards() -> None:
    code = (
        "from scorer import torchvision_schemas; torchvision_schemas.ensure()\n"
        "from transformers import SmolVLMVideoProcessor; import torchvision.transforms.v2"
    )
    done = run(code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("message", "declared"),
    [("operator torchvision::nms does not exist", "1"), ("out of luck", "")],
)
def test_only_the_missing_operators_are_mended(message: str, declared: str) -> None:
    done = run(BROKEN.format(message=message))
    assert done.stdout.strip() == declared
    assert (done.returncode == 0) == bool(declared)
