"""Who answers questions about clips: a model that is loaded here, or one behind a server."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from scorer import prompt
from scorer.backbone import Backbone, Preferences
from scorer.chat import Chat, RequestRefused, media
from scorer.frames import Clip
from scorer.models import fingerprint
from training import captioning
from training.asking import Asked
from training.captioning import Manner


class OnePromptOnly(Exception):
    """The model was only ever taught to answer one prompt: it writes detailed captions alone."""


@dataclass(frozen=True, slots=True)
class Question:
    """A clip, and what is asked about it."""

    clip: Clip
    asked: Asked


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer."""

    reason: str


Said = str | Refused


class Speaker(Protocol):
    @property
    def name(self) -> str:
        """What its captions' author is called."""

    @property
    def frames(self) -> int:
        """How many of a clip it is shown."""

    @property
    def about(self) -> dict[str, Any]:
        """What is kept with every caption of it."""

    def prompt(self, asked: Asked) -> Asked:
        """What it is asked in place of this. Raises `OnePromptOnly`."""

    def answer(self, questions: Sequence[Question]) -> Iterator[Said]:
        """Answers in the order of the questions."""


class Local:
    """A model of any class that transformers loads, a batch at a time."""

    def __init__(
        self,
        backbone: Backbone,
        *,
        model: str,
        frames: int | None,
        manner: Manner,
        weights: str | None = None,
        one_prompt: bool = False,
    ) -> None:
        """`weights` names them where they are not those of the backbone's directory.

        `one_prompt`: it was taught to answer its own prompt, and no other.
        """
        self._backbone = backbone
        self._manner = manner
        self._own = backbone.preferences.caption_prompt
        self._one_prompt = one_prompt or self._own != prompt.CAPTIONING
        self.name = Path(model).name
        self.frames = frames or backbone.preferences.frames
        self.about = {"model": model, "model_sha256": weights or fingerprint(backbone.directory)}

    def prompt(self, asked: Asked) -> Asked:
        if not self._one_prompt:
            return asked
        if not asked.name.startswith("detailed."):
            raise OnePromptOnly(f"{self.name} is only ever asked {self._own!r}: choose detailed")
        return Asked(self._own, "its own")

    def answer(self, questions: Sequence[Question]) -> Iterator[Said]:
        yield from captioning.describe(
            self._backbone,
            [question.clip for question in questions],
            [question.asked.text for question in questions],
            frame_count=self.frames,
            manner=self._manner,
        )


class Served:
    """A model behind an OpenAI-compatible server: so many requests wait there, and no more."""

    def __init__(self, chat: Chat, *, frames: int | None, as_video: bool, manner: Manner) -> None:
        self._chat = chat
        self._as_video = as_video
        self._manner = manner
        self.name = chat.server.model.rpartition("/")[2]
        self.frames = frames or Preferences().frames
        self.about = {"model": chat.server.model, "server": chat.server.url}

    def prompt(self, asked: Asked) -> Asked:
        return asked

    def answer(self, questions: Sequence[Question]) -> Iterator[Said]:
        """Raises `ServerRefused` where the server does not answer at all."""
        with ThreadPoolExecutor(self._chat.server.at_once) as pool:
            yield from pool.map(self._one, questions)

    def _one(self, question: Question) -> Said:
        shown = media(question.clip, as_video=self._as_video)
        content = [*shown, {"type": "text", "text": question.asked.text}]
        body = {
            "messages": [{"role": "user", "content": content}],
            "max_tokens": self._manner.tokens or Preferences().caption_tokens,
            "temperature": self._manner.temperature,
            "seed": self._manner.seed,
        }
        try:
            return _text(self._chat.ask(body))
        except RequestRefused as error:
            return Refused(str(error))


def _text(completion: Any) -> Said:
    try:
        said = completion["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        return Refused("the server's answer is no chat completion")
    return said.strip() if isinstance(said, str) else Refused("the server answered without words")
