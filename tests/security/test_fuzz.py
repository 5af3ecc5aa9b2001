"""Whatever is sent, each address answers as the schema says: schemathesis draws the requests.

They follow the published schema, to its limits. What stands in addresses is there, so that
requests get past the first door; most of those who ask may do everything, some may do little.
An answer is no error of ours, and has a status, a type and a shape that the schema names.
"""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx  # noqa: TID251 - it asks nobody: only the shape of its answers is wanted
import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import sampled_from
from rest_framework.test import APIClient
from schemathesis.checks import not_a_server_error
from schemathesis.core import NotSet
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.security.world import World, browser

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("CREST_FUZZ_EXAMPLES", "8"))
"""Of each operation; `make fuzz` draws more."""
WHO = sampled_from(["all roles"] * 6 + ["annotator", "anonymous"])
CONFORMS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
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

    @given(case=operation.as_strategy(), who=WHO)
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case, who: str) -> None:
        known = {name: world.here[name] for name in case.path_parameters if name in world.here}
        case.path_parameters.update(known)
        with transaction.atomic():
            answer = send(browser(world.people[who]), case)  # raises what breaks
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CONFORMS)

    ask()


def send(client: APIClient, case: schemathesis.Case) -> httpx.Response:
    """Send it with Django's own client, which keeps to the test's transaction."""
    answer = client.generic(
        case.method,
        case.formatted_path,
        data=_body(case.body),
        content_type=case.media_type or "application/json",
        QUERY_STRING=urlencode(case.query, doseq=True),
    )
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    asked = httpx.Request(case.method, f"http://testserver{case.formatted_path}")
    found = httpx.Response(
        answer.status_code, headers=dict(answer.items()), content=content, request=asked
    )
    found.elapsed = timedelta()
    return found


def _body(body: Any) -> bytes:
    match body:
        case NotSet():
            return b""
        case bytes():
            return body
        case _:
            return json.dumps(body).encode()
