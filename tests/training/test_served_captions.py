"""Captions from a real OpenAI-compatible server are those of the same model here.

The server is transformers' own. With CREST_VLLM_URL, CREST_VLLM_MODEL (the name there) and
CREST_VLLM_BASE (the directory of the model here) set, the same expectation is held against vLLM:
`pytest -m verification tests/training/test_served_captions.py`.
"""

import os
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx  # noqa: TID251 - a server of this machine
import httpx_retries
import pytest
import torch
from PIL import Image
from torchvision import io
from torchvision.transforms.functional import pil_to_tensor
from transformers.cli.serve import Serve

from tests.scorer.fixtures import TinyModel
from tests.training import world as walls
from tests.training.world import Diary, World
from training import jsonl
from training.captions import CAPTIONS, CaptionConfig, caption
from training.journal import Endpoint

STARTING = httpx_retries.Retry(total=50, backoff_factor=0.05, max_backoff_wait=0.5)


def decode(png: torch.Tensor, **_: object) -> torch.Tensor:
    """The torchvision beside a torch for the CPU has no decoder of its own."""
    return pil_to_tensor(Image.open(BytesIO(png.numpy().tobytes())).convert("RGB"))


@pytest.fixture(scope="module")
def llava(tiny_model: TinyModel) -> Path:
    return tiny_model("llava")


@pytest.fixture(scope="module")
def endpoint(llava: Path) -> Iterator[Endpoint]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "decode_image", decode)
        serve = Serve(
            force_model=str(llava),
            device="cpu",
            dtype="float32",
            host="127.0.0.1",
            port=port,
            non_blocking=True,
        )
        try:
            waiting = httpx_retries.RetryTransport(retry=STARTING)
            with httpx.Client(transport=waiting) as client:
                assert client.get(f"http://127.0.0.1:{port}/health").is_success
            yield Endpoint(f"http://127.0.0.1:{port}/v1")
        finally:
            serve.server.should_exit = True
            serve._thread.join()  # noqa: SLF001 - it has no other way to wait for its end
            serve.reset_loaded_models()


def said(world: World, name: str, config: CaptionConfig, endpoint: Endpoint) -> dict[str, str]:
    work = world.work(name, servers={"lab": endpoint})
    caption(work, config, Diary())
    return {line["video"]: line["text"] for line in jsonl.read(work.out / CAPTIONS)}


def test_the_server_says_what_the_model_says(world: World, llava: Path, endpoint: Endpoint) -> None:
    how = {"model": str(llava), "frames": 2, "tokens": 12}

    here = said(world, "here", CaptionConfig(**how), endpoint)
    there = said(world, "there", CaptionConfig(**how, server="lab", at_once=4), endpoint)

    assert there == here
    assert len(set(here.values())) > 1  # different videos are described differently


def test_an_unreadable_video_is_never_sent(broken: World, llava: Path, endpoint: Endpoint) -> None:
    config = CaptionConfig(model=str(llava), frames=2, tokens=4, server="lab")

    assert walls.sha(1) not in said(broken, "there", config, endpoint)


@pytest.mark.verification
@pytest.mark.skipif("CREST_VLLM_URL" not in os.environ, reason="needs a vLLM server")
def test_vllm_says_what_the_model_says(world: World) -> None:
    endpoint = Endpoint(os.environ["CREST_VLLM_URL"])
    how = {"frames": 4, "tokens": 12}

    here = said(world, "here", CaptionConfig(model=os.environ["CREST_VLLM_BASE"], **how), endpoint)
    config = CaptionConfig(model=os.environ["CREST_VLLM_MODEL"], server="lab", **how)
    there = said(world, "there", config, endpoint)

    # Precisions differ, and so may a word late in a caption.
    assert {v: text.split()[:2] for v, text in there.items()} == {
        v: text.split()[:2] for v, text in here.items()
    }
