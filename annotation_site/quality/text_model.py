"""A text model that makes captions wrong on request: any server that speaks OpenAI's chat API.

It runs where the operator says, and is the only thing that quality opens a connection to.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

import httpx  # noqa: TID251 - the operator says where it is, nobody else
from django.conf import settings

from annotation_site.quality.refusals import TextModelFailed
from scorer.rubric import QUESTIONS, Dimension
from scorer.text import is_storable

SECONDS: Final = 30.0
MOST_BYTES: Final = 1 << 18
MOST_CHARACTERS: Final = 10_000
MOST_TOKENS: Final = 2048

TASK: Final = (
    "You make one aspect of a video's caption wrong, so that we can check whether people notice. "
    'The aspect is "{title}": {text} Change what the caption says on it to something plausible '
    "that contradicts the caption. Keep everything else word for word, and the length too. Answer "
    "with the changed caption alone: no quotation marks, no explanation."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextModel:
    """Where the model is, what it is called there, and the key, if it wants one."""

    url: str
    name: str
    key: str = ""
    seconds: float = SECONDS

    def spoil(self, text: str, dimension: Dimension) -> str:
        """The caption made wrong on the dimension, as the model would have it."""
        question = next(one for one in QUESTIONS if one.dimension == dimension)
        task = TASK.format(title=question.title, text=question.text)
        said = self._ask(
            {
                "model": self.name,
                "temperature": 0,
                "max_tokens": MOST_TOKENS,
                "messages": [
                    {"role": "system", "content": task},
                    {"role": "user", "content": text},
                ],
            }
        )
        if not said or len(said) > MOST_CHARACTERS or not is_storable(said):
            raise TextModelFailed(reason="unusable")
        return said

    def _ask(self, body: dict[str, Any]) -> str:
        try:
            content = self._post(body)
        except httpx.TimeoutException as error:
            raise TextModelFailed(reason="timeout") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise TextModelFailed(reason="unreachable") from error
        try:
            said = json.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise TextModelFailed(reason="unreadable") from error
        return said.strip() if isinstance(said, str) else ""

    def _post(self, body: dict[str, Any]) -> bytes:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        # No proxy and no netrc from the environment: the settings say it all.
        with (
            httpx.Client(timeout=self.seconds, trust_env=False) as client,
            client.stream("POST", address, json=body, headers=headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise TextModelFailed(reason="refused", answered=response.status_code)
            return _limited(response)


def _limited(response: httpx.Response) -> bytes:
    content = b""
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MOST_BYTES:
            raise TextModelFailed(reason="too-long")
    return content


def of_settings() -> TextModel | None:
    """The text model that the operator has set up, if any."""
    if not settings.TEXT_MODEL_URL:
        return None
    return TextModel(
        url=settings.TEXT_MODEL_URL, name=settings.TEXT_MODEL_NAME, key=settings.TEXT_MODEL_KEY
    )
