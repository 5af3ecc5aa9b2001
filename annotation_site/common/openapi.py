"""What the published schema says of every operation alike: how it refuses."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from annotation_site.common.refusals import PROBLEM_TYPE

METHODS = ("get", "post", "put", "patch", "delete")
BEYOND_HTTP = {460: "Checksum Mismatch"}
"""Of the tus protocol, which no list of HTTP's own has."""
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def refusals_are_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the refusals of the common edge to each operation, and say how they are sent.

    A view names the refusals of its own; signing in, roles, addresses and bodies are the same
    everywhere, and so is `application/problem+json`.
    """
    shared = result["components"].setdefault("responses", {})
    for path, operations in result["paths"].items():
        for method in (name for name in METHODS if name in operations):
            operation = operations[method]
            answers: dict[str, dict[str, Any]] = operation["responses"]
            for status in _of_the_edge(path, method, operation):
                answers.setdefault(str(status.value), {})
            operation["responses"] = {
                status: _refused(_phrase(int(status)), answer, shared)
                if status >= "400"
                else answer
                for status, answer in sorted(answers.items())
            }
    return result


def _of_the_edge(path: str, method: str, operation: dict[str, Any]) -> Iterator[HTTPStatus]:
    if {} not in operation.get("security", [{}]):
        yield HTTPStatus.UNAUTHORIZED
        yield HTTPStatus.FORBIDDEN
    if "{" in path:
        yield HTTPStatus.NOT_FOUND
    if method != "get":
        yield HTTPStatus.FORBIDDEN  # a form of another site
        yield HTTPStatus.CONFLICT  # of an archived project
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        yield HTTPStatus.BAD_REQUEST
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    if "requestBody" in operation:
        yield HTTPStatus.BAD_REQUEST
        yield HTTPStatus.UNPROCESSABLE_ENTITY
        yield HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        yield HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    yield HTTPStatus.SERVICE_UNAVAILABLE


def _phrase(status: int) -> str:
    return BEYOND_HTTP.get(status) or HTTPStatus(status).phrase


def _refused(phrase: str, answer: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Refer to the shared refusal of that status; one with facts of its own stays what it is."""
    shape = next((media["schema"] for media in answer.get("content", {}).values()), PROBLEM)
    refused = {"content": {PROBLEM_TYPE: {"schema": shape}}, "description": phrase}
    if shape != PROBLEM:
        return refused
    name = phrase.title().replace(" ", "")
    shared[name] = refused
    return {"$ref": f"#/components/responses/{name}"}
