"""What several commands take: a scorer, a snapshot, and where videos lie."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.chat import Server
from scorer.scorer import Scorer
from scorer.sights import PathOf

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - its only name


def add_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--models", type=Path, help="where a model's name is looked up")


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--snapshot", type=Path, required=True, help="a directory of ratings")
    parser.add_argument("--media", type=Path, required=True, help="where its videos lie")


def add_scorer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scorer", required=True, help="a directory, a name or a hub id")
    add_models(parser)


def add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", help="a vLLM server's address, up to and with /v1")
    parser.add_argument("--served-as", default="crest", help="the scorer's name on that server")


def load(given: argparse.Namespace) -> Scorer:
    """The scorer that was asked for, here or on a server."""
    if getattr(given, "server", None):
        server = Server(url=given.server, model=given.served_as)
        return Scorer.served(given.scorer, server, models_dir=given.models)
    return Scorer.load(given.scorer, models_dir=given.models)


def paths(media: Path) -> PathOf:
    """From a video's sha256 to its file."""

    def path_of(video: str) -> Path:
        flat = media / f"{video}.mp4"
        return flat if flat.is_file() else media / video[:2] / video / "web.mp4"

    return path_of
