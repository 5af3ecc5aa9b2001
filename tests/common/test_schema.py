"""The page's types are made from a written-down schema; it must be the one that the site has."""

import json
from pathlib import Path

from django.core.management import call_command

WRITTEN = Path(__file__).resolve().parents[2] / "frontend" / "openapi.json"


def test_the_written_schema_is_the_sites_own(tmp_path):
    drawn = tmp_path / "openapi.json"

    call_command("spectacular", "--fail-on-warn", format="openapi-json", file=str(drawn))

    assert json.loads(drawn.read_text()) == json.loads(WRITTEN.read_text()), "run `make schema`"
