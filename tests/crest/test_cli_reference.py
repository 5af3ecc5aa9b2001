"""The command's reference is made from the command."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "docs" / "reference" / "cli.md"


def test_the_reference_is_in_step(tmp_path):
    made = tmp_path / "cli.md"
    words = ("crest.commands.app", "utils", "docs", "--name", "crest", "--output", str(made))
    subprocess.run([sys.executable, "-m", "typer", *words], cwd=ROOT, check=True)
    assert made.read_text() == WRITTEN.read_text(), "run `make schema`"
