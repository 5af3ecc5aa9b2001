"""The text model's border, against a server that answers what each test tells it to."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from annotation_site.quality import text_model, twins
from annotation_site.quality.refusals import TextModelFailed
from annotation_site.quality.text_model import MOST_BYTES, MOST_CHARACTERS, TextModel
from scorer.rubric import Dimension
from tests.factories import CaptionFactory

CAPTION = "A man in a red coat walks to the left."
TWIN = "A man in a blue coat walks to the left."


@dataclass
class Server:
    """What it answers, and what it was asked."""

    url: str
    status: int = 200
    answer: bytes = b""
    silent: threading.Event | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def says(self, content: Any) -> None:
        self.answer = json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(
                {"path": self.path, "key": self.headers["Authorization"], **json.loads(body)}
            )
            if found.silent is not None:
                found.silent.wait()
                return
            self.send_response(found.status)
            self.end_headers()
            self.wfile.write(found.answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Server(url=f"http://127.0.0.1:{listening.server_port}/v1")
    found.says(TWIN)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    if found.silent is not None:
        found.silent.set()
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture
def model(server: Server) -> TextModel:
    return TextModel(url=server.url, name="small-1b", key="secret")


def reason(model: TextModel) -> str:
    with pytest.raises(TextModelFailed) as refused:
        model.spoil(CAPTION, Dimension.FEATURE)
    return refused.value.facts["reason"]


def test_asks_for_the_caption_with_that_dimension_wrong(server, model):
    server.says(f"  {TWIN}\n")

    assert model.spoil(CAPTION, Dimension.FEATURE) == TWIN
    (asked,) = server.asked
    assert (asked["path"], asked["key"]) == ("/v1/chat/completions", "Bearer secret")
    assert (asked["model"], asked["temperature"]) == ("small-1b", 0)
    system, user = asked["messages"]
    assert "Object features" in system["content"]
    assert user == {"role": "user", "content": CAPTION}


def test_without_a_key_it_sends_none(server):
    TextModel(url=f"{server.url}/", name="small-1b").spoil(CAPTION, Dimension.FEATURE)
    assert (server.asked[0]["path"], server.asked[0]["key"]) == ("/v1/chat/completions", None)


@pytest.mark.parametrize("status", [400, 401, 404, 500, 302])
def test_a_refusal_is_told(server, model, status):
    server.status = status
    assert reason(model) == "refused"


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b'{"choices": []}', b"[" * 10**5])
def test_an_answer_that_cannot_be_read_is_told(server, model, answer):
    server.answer = answer
    assert reason(model) == "unreadable"


@pytest.mark.parametrize(
    "content", ["", "  ", None, 7, "x" * (MOST_CHARACTERS + 1), "a\0b", "\ud800"]
)
def test_an_answer_that_is_no_caption_is_told(server, model, content):
    server.says(content)
    assert reason(model) == "unusable"


def test_an_endless_answer_is_cut_off(server, model):
    server.answer = b" " * (MOST_BYTES + 1)
    assert reason(model) == "too-long"


def test_a_server_that_says_nothing_is_given_up(server):
    server.silent = threading.Event()
    assert reason(TextModel(url=server.url, name="small-1b", seconds=0.05)) == "timeout"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "nonsense", "http://[", "ftp://x/v1"])
def test_a_server_that_is_not_there_is_told(url):
    assert reason(TextModel(url=url, name="small-1b")) == "unreachable"


@pytest.mark.django_db
class TestSuggest:
    def suggest(self, project, model, text=CAPTION):
        caption = CaptionFactory(video__project=project, text=text)
        return twins.suggest(
            project=project, caption_id=caption.pk, dimension=Dimension.FEATURE, model=model
        )

    def test_names_the_model_that_suggested_it(self, project, model):
        assert self.suggest(project, model) == twins.Suggestion(text=TWIN, by="small-1b")

    def test_the_caption_given_back_is_no_suggestion(self, project, server, model):
        server.says(CAPTION.upper())
        with pytest.raises(TextModelFailed):
            self.suggest(project, model)

    def test_the_miniature_world_needs_no_model(self, project, server, model):
        assert self.suggest(project, model, "A red ball moves left.").by == "rules"
        assert server.asked == []


def test_there_is_one_when_the_operator_says_where(settings):
    settings.TEXT_MODEL_URL, settings.TEXT_MODEL_NAME = "http://127.0.0.1:8001/v1", "small-1b"
    assert text_model.of_settings() == TextModel(url="http://127.0.0.1:8001/v1", name="small-1b")
    settings.TEXT_MODEL_URL = ""
    assert text_model.of_settings() is None
