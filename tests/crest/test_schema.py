"""The client is held against the API's description: it asks what there is, and all there is."""

import inspect
import json
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from crest import Client, schema
from crest.part import Part
from crest.people import Organisations
from crest.work import Jobs

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = ROOT / "frontend" / "openapi.json"
PATHS = json.loads(DESCRIPTION.read_text())["paths"]
COMPONENTS = json.loads(DESCRIPTION.read_text())["components"]["schemas"]
METHODS = ("get", "post", "put", "patch", "delete")

FOR_THE_PAGE = {
    "sign_in": "tokens let scripts in; `crest login` signs in to make one",
    "sign_out": "as above",
    "invitation": "a person follows the link, in a browser",
    "join": "as above",
    "begin_upload": "tus clients speak this protocol, such as tuspy",
    "upload": "as above",
    "continue_upload": "as above",
    "discard_upload": "as above",
    "oidc_start": "a person follows the link, in a browser",
    "oidc_callback": "as above",
}

OPERATIONS = {
    operation["operationId"]: (method, path, operation)
    for path, operations in PATHS.items()
    for method, operation in operations.items()
    if method in METHODS
}


def parts(found: Part, seen: tuple[type, ...] = ()) -> Iterator[Part]:
    yield found
    for one in vars(found).values():
        if isinstance(one, Part) and type(one) not in seen:
            yield from parts(one, (*seen, type(found)))


class Asked(Exception):
    """The request that a method makes: it goes no further."""


def record(request: httpx.Request) -> httpx.Response:
    request.read()
    raise Asked(request)


CLIENT = Client("http://site", transport=httpx.MockTransport(record))
SAMPLES = {int: 7, str: "x", Path: Path("x"), typing.IO[bytes]: BytesIO(b"x")}
ASK_NOTHING = {(Client, "project"), (Organisations, "audit"), (Jobs, "wait")}
CALLS = [
    (part, name)
    for root in (CLIENT, CLIENT.project("street"), CLIENT.organisations.audit("lab"))
    for part in parts(root)
    for name, _ in inspect.getmembers(type(part), inspect.isfunction)
    if not name.startswith("_") and (type(part), name) not in ASK_NOTHING
]


def called(found: Any) -> str:
    return found if isinstance(found, str) else type(found).__name__


def request_of(part: Part, name: str) -> httpx.Request:
    """Call it with anything, and catch what it asks."""
    function = getattr(part, name)
    hints = typing.get_type_hints(function)
    required = [
        SAMPLES[hints[parameter.name]]
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]
    try:
        next(function(*required))  # a list asks when it is read
    except Asked as asked:
        return asked.args[0]
    raise AssertionError(f"{name} asks nothing")


def operation_of(request: httpx.Request) -> str:
    fitting = [
        name
        for name, (method, path, _) in OPERATIONS.items()
        if method.upper() == request.method
        and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request.url.path)
    ]
    # Where an address ends in a word, it is the word that counts, not what stands for any.
    assert fitting, f"no operation is at {request.method} {request.url.path}"
    return max(fitting, key=lambda name: len(re.sub(r"{\w+}", "", OPERATIONS[name][1])))


def name_of(found: dict[str, Any]) -> str | None:
    return found["$ref"].rpartition("/")[2] if "$ref" in found else None


def answered(operation: dict[str, Any]) -> set[str]:
    """The shapes that it answers with; of a page, that of its rows."""
    shapes = [
        media["schema"]
        for status, response in operation["responses"].items()
        if status < "300"
        for kind, media in response.get("content", {}).items()
        if kind == "application/json"
    ]
    names = {name for name in map(name_of, shapes) if name}
    rows = {name: COMPONENTS[name]["properties"].get("results", {}) for name in names}
    return {name_of(rows[name]["items"]) if "items" in rows[name] else name for name in names}


def types_in(hint: Any) -> set[str]:
    if typing.is_typeddict(hint):
        return {hint.__name__}
    return {name for argument in typing.get_args(hint) for name in types_in(argument)}


@pytest.mark.parametrize(("part", "name"), CALLS, ids=called)
def test_each_method_asks_what_the_description_has(part, name):
    request = request_of(part, name)
    _, _, operation = OPERATIONS[operation_of(request)]
    hints = typing.get_type_hints(getattr(part, name))

    assert types_in(hints.pop("return")) == answered(operation)

    queries = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    optional = {
        one.name
        for one in inspect.signature(getattr(part, name)).parameters.values()
        if one.kind is one.KEYWORD_ONLY
    }
    sent = operation.get("requestBody", {}).get("content", {})
    forms = {
        field
        for kind, media in sent.items()
        if kind == "multipart/form-data"
        for field in COMPONENTS[name_of(media["schema"])]["properties"]
    }
    assert optional <= queries | forms
    if "application/json" in sent:
        body = name_of(sent["application/json"]["schema"])
        assert {found for hint in hints.values() for found in types_in(hint)} == {body}


def test_no_operation_is_missing():
    reached = {operation_of(request_of(part, name)) for part, name in CALLS}
    assert OPERATIONS.keys() - reached == FOR_THE_PAGE.keys()


def test_the_types_are_made_from_the_description(tmp_path):
    made = tmp_path / "schema.py"
    program = Path(sys.executable).with_name("datamodel-codegen")
    subprocess.run([program, "--output", made], cwd=ROOT, check=True)
    assert made.read_text() == Path(schema.__file__).read_text(), "run `make schema`"
