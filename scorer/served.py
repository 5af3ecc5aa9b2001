"""The digit read-out by way of a server that speaks the protocol of vLLM.

The server holds the weights and shares prefixes by itself (vLLM: prefix caching, on by default). It
is asked once per caption and dimension for one token, and says how likely each digit is. Frames are
sampled here and sent without loss, so that it sees what the scorer was trained on.

    vllm serve MODEL --enable-lora --lora-modules crest=SCORER --logprobs-mode processed_logprobs \
        --chat-template-content-format openai --limit-mm-per-prompt '{"image": 32, "video": 1}'

Sources: docs.vllm.ai, "OpenAI-Compatible Server", "Multimodal Inputs", "Automatic Prefix Caching".
"""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from scorer import prompt
from scorer.backbone import Backbone
from scorer.chat import Chat, Server, media
from scorer.digits import DigitsNotApart, answer
from scorer.frames import Clip
from scorer.readout import Reading
from scorer.rubric import LEVELS, Dimension

SHOWN: Final = 20
"""The most log-probabilities that vLLM tells of a token, unless it is told otherwise."""


class DigitsHidden(Exception):
    """The server does not say how likely every digit is."""


class ServedReadout:
    """Reads the log-probabilities of "0" to "5" from a server; cannot learn.

    `backbone` needs no weights: it is the processor that both sides share.
    """

    def __init__(self, server: Server, backbone: Backbone, frames: int) -> None:
        self.server = server
        self.backbone = backbone
        self._turn = backbone.turn(frames, before=prompt.rubric())
        place = answer(backbone.tokens, self._turn.closing)
        if place.lead != backbone.tokens(self._turn.closing):
            raise DigitsNotApart("a chat with a server begins before the token ahead of the digit")
        self.digits = place.digits
        self._chat = Chat(server)

    def logits(self, clip: Clip, captions: Sequence[str]) -> Tensor:
        """(K, D, 6) log-probabilities. Raises `ServerRefused` or `DigitsHidden`."""
        seen = media(clip, as_video=self.backbone.as_video)
        asked = [
            self._request(seen, question)
            for caption in captions
            for question in prompt.questions(caption).values()
        ]
        # The first goes alone: the others then find the video in the server's cache.
        rows = [self._ask(body) for body in asked[:1]]
        with ThreadPoolExecutor(self.server.at_once) as pool:
            rows += pool.map(self._ask, asked[1:])
        return torch.tensor(rows).view(-1, len(Dimension), len(LEVELS))

    def reading(self, clip: Clip, caption: str) -> Reading:  # noqa: ARG002 - the server expands it
        """As the server is asked; what it makes of the video's place is its own."""
        asked = prompt.questions(caption).items()
        return Reading({d: f"{self._turn.opening}{text}{self._turn.closing}" for d, text in asked})

    def save(self, directory: Path) -> dict[str, Any]:
        raise NotImplementedError(f"what a server holds is not ours to write to {directory}")

    def _request(self, seen: Sequence[dict[str, Any]], question: str) -> dict[str, Any]:
        before = {"type": "text", "text": prompt.rubric()}
        content = [before, *seen, {"type": "text", "text": question}]
        return {
            "messages": [{"role": "user", "content": content}],
            "max_tokens": 1,
            "temperature": 0.0,
            "logprobs": True,
            "top_logprobs": SHOWN,
            "allowed_token_ids": self.digits,
        }

    def _ask(self, body: dict[str, Any]) -> list[float]:
        return levels(self._chat.ask(body))


def levels(completion: Any) -> list[float]:
    """The log-probabilities of the six levels from a completion. Raises `DigitsHidden`."""
    try:
        shown = completion["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        # Some tokenizers write a space ahead of a digit.
        found = {one["token"].strip(" ▁Ġ"): float(one["logprob"]) for one in shown}
    except (KeyError, IndexError, TypeError) as error:
        raise DigitsHidden("the server tells no log-probabilities") from error
    row = [found.get(str(level.value), -math.inf) for level in LEVELS]
    if not all(map(math.isfinite, row)):
        raise DigitsHidden(
            f"the server tells only of {sorted(found)}; start it with --logprobs-mode"
            " processed_logprobs, under which a choice among six tokens shows all six"
        )
    return row
