"""Levels from a server are those of the same model here.

The server stands in for vLLM, which needs a GPU: it speaks the same protocol, and behind it the
real model class reads whatever the request holds. With CREST_VLLM_URL, CREST_VLLM_MODEL (the name
there) and CREST_VLLM_BASE (the directory of the base model here) set, the same expectation is held
against vLLM itself: `pytest -m verification tests/scorer/test_served.py`.
"""

import base64
import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from scorer import chat, served
from scorer.backbone import Backbone
from scorer.chat import Server, ServerRefused
from scorer.digits import DigitReadout
from scorer.frames import Clip
from scorer.scorer import Card, NotAScorer, Scorer
from scorer.served import DigitsHidden, ServedReadout
from tests.common.servers import Server as Listener
from tests.common.servers import serving
from tests.scorer.fixtures import MakeClip, TinyModel

FRAMES = 4
CAPTIONS = ["a red kite over a beach", "two dogs", "snow"]


@pytest.fixture
def clip() -> Clip:
    """At the two frames a second that vLLM takes single frames for."""
    dice = np.random.default_rng(1)
    pixels = dice.integers(0, 255, (FRAMES, 56, 56, 3), dtype=np.uint8)
    return Clip(pixels, tuple(n / 2 for n in range(FRAMES)), FRAMES / 2)


def picture(encoded: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))))


def completion(backbone: Backbone, body: dict[str, Any], *, shown: int | None = None) -> Any:
    """What vLLM answers with `--logprobs-mode processed_logprobs`."""
    (message,) = body["messages"]
    content, frames = [], []
    for part in message["content"]:
        if part["type"] == "text":
            content.append(part)
            continue
        kind = part["type"].removesuffix("_url")
        content.append({"type": kind})
        frames += [picture(one) for one in part[f"{kind}_url"]["url"].split(",")[1:]]
    processor = backbone.processor
    text = processor.apply_chat_template(
        [{"role": "user", "content": content}], add_generation_prompt=True, tokenize=False
    )
    if backbone.as_video:
        known = {"fps": 2.0, "duration": len(frames) / 2, "total_num_frames": len(frames)}
        known["frames_indices"] = list(range(len(frames)))
        how = {"do_sample_frames": False, "video_metadata": [known]}
        media = {"videos": [np.stack(frames)], "videos_kwargs": how}
    else:
        media = {"images": [[Image.fromarray(frame) for frame in frames]]}
    inputs = processor(text=[text], return_tensors="pt", **media)
    with torch.no_grad():
        last = backbone.model(**inputs).logits[0, -1]
    allowed = torch.full_like(last, -torch.inf)
    allowed[body["allowed_token_ids"]] = last[body["allowed_token_ids"]]
    best = allowed.log_softmax(-1).topk(shown or len(body["allowed_token_ids"]))
    top = [
        {"token": backbone.tokenizer.decode([int(token)]), "logprob": float(value)}
        for value, token in zip(*best, strict=True)
    ]
    return {"choices": [{"logprobs": {"content": [{"top_logprobs": top}]}}]}


def reply(handler: BaseHTTPRequestHandler, status: int, answer: Any) -> None:
    body = json.dumps(answer).encode()
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


Serve = Callable[..., Listener]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    monkeypatch.setattr("httpx_retries.retry.Retry.backoff_strategy", lambda _: 0.0)
    with ExitStack() as stack:

        def make(backbone: Backbone, *statuses: int, shown: int | None = None) -> Listener:
            """Answers with these statuses first."""
            left = list(statuses)

            def answer(handler: BaseHTTPRequestHandler) -> None:
                body = json.loads(server.received[-1][1])
                if left:
                    reply(handler, left.pop(0), {"message": "not now"})
                else:
                    reply(handler, 200, completion(backbone, body, shown=shown))

            server = stack.enter_context(serving(answer))
            return server

        yield make


def readout(server: Listener, backbone: Backbone, **more: Any) -> ServedReadout:
    url = f"http://127.0.0.1:{server.port}/v1"
    return ServedReadout(Server(url=url, model="crest", at_once=1, **more), backbone, FRAMES)


@pytest.mark.parametrize("name", ["llava_onevision", "qwen2_5_vl", "llava"])
def test_it_says_what_the_model_here_says(
    name: str, tiny_model: TinyModel, serve: Serve, clip: Clip
) -> None:
    here = Backbone.load(str(tiny_model(name)), None)
    server = serve(here)
    there = Backbone.without_weights(str(tiny_model(name)), None)

    found = readout(server, there, key="secret").logits(clip, CAPTIONS).softmax(-1)

    expected = DigitReadout.over(here, FRAMES).logits(clip, CAPTIONS).softmax(-1)
    assert found.shape == (3, 5, 6)
    assert float((found - expected).abs().max()) < 1e-4
    assert float(expected.std(dim=(0, 1)).max()) > 1e-3  # else any answer would do
    assert len(server.received) == 15
    assert server.received[0][0]["Authorization"] == "Bearer secret"


def test_a_scorer_scores_by_way_of_a_server(
    tiny_model: TinyModel, serve: Serve, make_clip: MakeClip, tmp_path: Path
) -> None:
    base = tiny_model("llava_onevision")
    here = Backbone.load(str(base), None)
    card = {"model": str(base), "model_sha256": "", "frames": FRAMES, "temperatures": [2.0] * 5}
    Card(readout="digits", **card).write(tmp_path)
    video = make_clip(tmp_path / "a.mp4", "testsrc2=size=64x48:rate=8:duration=1")
    url = f"http://127.0.0.1:{serve(here).port}/v1"

    scorer = Scorer.served(tmp_path, Server(url=url, model="crest"))
    found = scorer.score(video, CAPTIONS)

    local = Scorer(DigitReadout.over(here, FRAMES), scorer.card).score(video, CAPTIONS)
    for one, other in zip(found, local, strict=True):
        assert one.mean_involved == pytest.approx(other.mean_involved, abs=1e-4)
    Card(readout="likelihood", **card).write(tmp_path)
    with pytest.raises(NotAScorer, match="digits"):
        Scorer.served(tmp_path, Server(url=url, model="crest"))


@pytest.mark.verification
@pytest.mark.skipif("CREST_VLLM_URL" not in os.environ, reason="no vLLM server is named")
def test_vllm_says_what_the_model_here_says(clip: Clip) -> None:
    base = os.environ["CREST_VLLM_BASE"]
    here = Backbone.load(base, None)
    server = Server(url=os.environ["CREST_VLLM_URL"], model=os.environ["CREST_VLLM_MODEL"])
    found = ServedReadout(server, here, FRAMES).logits(clip, CAPTIONS).softmax(-1)
    expected = DigitReadout.over(here, FRAMES).logits(clip, CAPTIONS).softmax(-1)
    # Two sets of kernels in bfloat16.
    assert float((found - expected).abs().max()) < 0.02


def test_a_busy_server_is_asked_again(tiny_model: TinyModel, serve: Serve, clip: Clip) -> None:
    here = Backbone.load(str(tiny_model("llava_onevision")), None)
    server = serve(here, 503, 429)
    found = readout(server, here).logits(clip, CAPTIONS[:1])
    assert found.shape == (1, 5, 6)
    assert len(server.received) == 7


@pytest.mark.parametrize(("statuses", "asked"), [([400], 1), ([503] * 9, 1 + chat.RETRIES)])
def test_a_server_that_will_not_is_named(
    statuses: list[int], asked: int, tiny_model: TinyModel, serve: Serve, clip: Clip
) -> None:
    here = Backbone.load(str(tiny_model("llava_onevision")), None)
    server = serve(here, *statuses)
    with pytest.raises(ServerRefused, match=rf"127\.0\.0\.1.*{statuses[0]} .*not now"):
        readout(server, here).logits(clip, CAPTIONS[:1])
    assert len(server.received) == asked


def test_a_server_that_is_not_there_is_named(
    tiny_model: TinyModel, serve: Serve, clip: Clip
) -> None:
    here = Backbone.without_weights(str(tiny_model("llava_onevision")), None)
    _ = serve  # nobody waits between attempts
    away = ServedReadout(Server(url="http://127.0.0.1:9/v1", model="crest"), here, FRAMES)
    with pytest.raises(ServerRefused, match=r"127\.0\.0\.1:9"):
        away.logits(clip, CAPTIONS[:1])


def test_a_server_that_hides_digits_is_told_how_to_start(
    tiny_model: TinyModel, serve: Serve, clip: Clip
) -> None:
    here = Backbone.load(str(tiny_model("llava_onevision")), None)
    with pytest.raises(DigitsHidden, match="processed_logprobs"):
        readout(serve(here, shown=4), here).logits(clip, CAPTIONS[:1])
    with pytest.raises(DigitsHidden, match="no log-probabilities"):
        served.levels({"choices": [{"logprobs": None}]})
