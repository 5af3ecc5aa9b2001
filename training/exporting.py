"""A fine-tuned captioner as a plain model, which vLLM and others serve without knowing of us."""

from pathlib import Path
from typing import Any

from scorer import lora, manifest
from scorer.backbone import Backbone
from scorer.models import fingerprint
from training import captioner
from training.captioner import About


class NotACaptioner(Exception):
    """The directory is not that of a finished fine-tuning."""


class OtherBase(Exception):
    """The base model here is not the one that the captioner was fine-tuned on."""


def export(directory: Path, to: Path, models_dir: Path | None) -> dict[str, Any]:
    """Write the base model with the adapter merged into it to a directory that is not there yet.

    Raises `NotACaptioner`, `OtherBase`, `Tampered`, and FileExistsError.
    """
    if not (directory / captioner.CARD).is_file():
        raise NotACaptioner(f"{directory} has no {captioner.CARD}")
    manifest.verify(directory)
    about = About.read(directory)
    base = Backbone.load(about.model, models_dir)
    if fingerprint(base.directory) != about.model_sha256:
        raise OtherBase(f"{base.directory} is not the {about.model} that was fine-tuned")
    to.mkdir(parents=True)
    taught = captioner.teach(base, directory)
    if captioner.is_adapter(taught.model):
        lora.merge(taught)
    lora.export(taught, to)
    return {"model": about.model, "to": str(to), "sha256": fingerprint(to)}
