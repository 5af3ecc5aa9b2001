"""Lets transformers import where torchvision's C extension cannot load.

PyPI's torchvision is linked against CUDA. Beside a torch built for the CPU its operators are never
registered, and its own Python then trips over `torchvision::nms`. Two declarations are enough: all
that video processors use of it is Python. On a machine with a matching pair this does nothing.
"""

import importlib
import sys
from typing import Final

import torch

SCHEMA: Final = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_declared: list[torch.library.Library] = []


def ensure() -> None:
    """Make `import torchvision` work, or leave it absent. Call before importing transformers."""
    try:
        importlib.import_module("torchvision")
    except ModuleNotFoundError:
        return
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
        _declare()
        importlib.import_module("torchvision")


def _declare() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    library = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]
    for operator in ("nms", "qnms"):
        library.define(f"{operator}{SCHEMA}")  # type: ignore[no-untyped-call]
    _declared.append(library)  # the declarations live only as long as this object
