"""The model card beside a captioner's weights, as the Hugging Face hub reads it."""

import json
from collections.abc import Mapping
from typing import Any, Final, Literal

CARD: Final = "README.md"

Source = Literal["selected", "distilled"]
LEARNT: Final[Mapping[Source, str]] = {
    "selected": "captions that a scorer chose by people's ratings",
    "distilled": "captions that another captioner, its teacher, wrote",
}
LIMITS: Final[Mapping[Source, str]] = {
    "selected": """\
It was taught captions that a scorer chose, and the scorer learnt from a few people's ratings: where
they, the scorer or the base model are blind, it is too.""",
    "distilled": """\
It was taught what another captioner says of videos that nobody need have looked at: what its
teacher does not see, or makes up, it has learnt.""",
}

WITH_ADAPTER: Final = """\
```python
from peft import PeftModel
from transformers import AutoModelForImageTextToText

base = AutoModelForImageTextToText.from_pretrained("{model}")
captioner = PeftModel.from_pretrained(base, "this directory")
```

Or merged into a plain model, for software that knows no adapters:

```sh
python -m training export "this directory" --to merged
vllm serve merged
```
"""

WHOLE: Final = """\
```python
from transformers import AutoModelForImageTextToText

captioner = AutoModelForImageTextToText.from_pretrained("this directory")
```
"""


def card(
    result: Mapping[str, Any],
    config: Mapping[str, Any],
    *,
    source: Source,
    prompt: str,
    snapshot: str,
) -> str:
    """Markdown of a fine-tuning's result. The licence is left to whoever publishes it."""
    whole = result["adapt"] == "full"
    about = {
        "library_name": "transformers" if whole else "peft",
        "base_model": result["model"],
        "pipeline_tag": "video-text-to-text",
        "tags": ["video-captioning", "crest", *([] if whole else ["lora"])],
    }
    front = "\n".join(f"{key}: {json.dumps(value)}" for key, value in about.items())
    options = "\n".join(f"| {name} | {_told(value)} |" for name, value in sorted(config.items()))
    return f"""\
---
{front}
---

# A video captioner

`{result["model"]}`, fine-tuned on {result["captions"]} {LEARNT[source]}.
Show it {config["frames"]} frames of the video, evenly in time, and ask it as it was taught:

> {prompt}

## How to load it

{(WHOLE if whole else WITH_ADAPTER).format(model=result["model"])}
## How it was made

The loss of a token fell from {result["loss_first"]:.3f} to {result["loss_last"]:.3f} in
{result["steps"]} steps. Snapshot of the ratings: `{snapshot}`. The digests of all that it was
made from stand in `manifest.json`, the sha256 of the weights is
`{result["weights_sha256"]}`.

| option | value |
|---|---|
{options}

## Limits

{LIMITS[source]} It may say what is not there. Have people compare it with its base before anybody
relies on it.
"""


def _told(value: Any) -> str:
    return "its own choice" if value is None else str(value)
