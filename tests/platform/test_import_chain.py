"""What the web process loads."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVE = (
    "import annotation_site.asgi; from django.urls import get_resolver; get_resolver().url_patterns"
)


def loaded_after(program):
    shown = subprocess.run(
        [sys.executable, "-c", f"{program}; import sys; print(*sys.modules)"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {name.partition(".")[0] for name in shown.split()}


def test_the_site_loads_nothing_that_loads_models():
    loaded = loaded_after(SERVE)
    assert "rest_framework" in loaded  # it did load the site
    heavy = {"torch", "torchvision", "transformers", "peft", "accelerate", "av", "scipy"}
    assert loaded & heavy == set()
    assert "training" not in loaded


def test_a_worker_loads_no_torch_before_its_first_task():
    """Children that fork from a parent whose torch was used hang."""
    loaded = loaded_after("import training.worker")
    assert "celery" in loaded
    assert "torch" not in loaded
