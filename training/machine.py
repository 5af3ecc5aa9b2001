"""Where a run was done, for its manifest: the same code ends alike only on the same processors."""

import os
import platform
import sys
from typing import Any


def machine() -> dict[str, Any]:
    """System, processor, cores, and the GPUs, if the stage has loaded torch."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "gpus": _gpus(),
    }


def _gpus() -> list[str]:
    """By their names. A stage that never loaded torch has used none, and must not load it now."""
    torch = sys.modules.get("torch")
    if torch is None or not torch.cuda.is_available():
        return []
    return [torch.cuda.get_device_name(each) for each in range(torch.cuda.device_count())]
