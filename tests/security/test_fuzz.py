"""Whatever is sent, no address answers with an error of ours: schemathesis draws the requests.

They follow the published schema, to its limits. What stands in addresses is there, so that
requests get past the first door; and whoever asks may do everything.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.test import APIClient
from schemathesis.core import NotSet

from tests.security.world import World, browser

pytestmark = pytest.mark.django_db

EXAMPLES = 8
FOR_HOURS = "/events"
"""A stream is no answer that one can wait for."""

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "frontend" / "openapi.json").read_text())
METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = [
    (path, method)
    for path, operations in SCHEMA["paths"].items()
    for method in METHODS
    if method in operations and not path.endswith(FOR_HOURS)
]


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=str)
def test_no_request_breaks_the_site(path: str, method: str, world: World) -> None:
    operation = schemathesis.openapi.from_dict(SCHEMA)[path][method]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case) -> None:
        known = {name: world.here[name] for name in case.path_parameters if name in world.here}
        case.path_parameters.update(known)
        with transaction.atomic():
            status = send(browser(world.people["all roles"]), case)  # raises what breaks
            transaction.set_rollback(True)
        assert status < 500, case.as_curl_command()

    ask()


def send(client: APIClient, case: schemathesis.Case) -> int:
    """Send it with Django's own client, which keeps to the test's transaction."""
    answer = client.generic(
        case.method,
        case.formatted_path,
        data=_body(case.body),
        content_type=case.media_type or "application/json",
        QUERY_STRING=urlencode(case.query, doseq=True),
    )
    return int(answer.status_code)


def _body(body: Any) -> bytes:
    match body:
        case NotSet():
            return b""
        case bytes():
            return body
        case _:
            return json.dumps(body).encode()
