"""Reads a sealed snapshot line by line: what every export and every comparison is made from."""

import json
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from scorer import manifest

Row = dict[str, Any]


@dataclass(frozen=True)
class Sealed:
    """The files of a snapshot. Only the videos are ever held in memory."""

    directory: Path
    on_line: Callable[[], None] = field(default=lambda: None, kw_only=True)
    """Called with every line that is read; stops the reading by raising."""

    @cached_property
    def manifest(self) -> Row:
        return manifest.read(self.directory)

    @cached_property
    def videos(self) -> dict[str, Row]:
        """By content, in order of it."""
        return {video["video"]: video for video in self.lines("videos")}

    def judgments(self) -> Iterator[Row]:
        """By caption, annotator and dimension."""
        return self.lines("judgments")

    def captions(self) -> Iterator[Row]:
        """In order of their ids, each with its video's name and side."""
        for caption in self.lines("captions"):
            video = self.videos[caption["video"]]
            yield {**caption, "video_name": video["name"], "split": video["split"]}

    def preferences(self) -> Iterator[Row]:
        return self.lines("preferences")

    def rubrics(self) -> Iterator[Row]:
        """The words of each version of the rubric that judgments were given under."""
        return self.lines("rubrics")

    def leaks(self) -> Iterator[Row]:
        return self.lines("leaks")

    def rated(self) -> Iterator[tuple[Row, list[Row]]]:
        """Every caption with its judgments, if any. Both files are sorted by caption."""
        judgments = Beside(self.judgments())
        for caption in self.captions():
            yield caption, judgments.of(caption["caption"])
        if judgments.next is not None:  # a sealed snapshot has the caption of each judgment
            raise ValueError(f"{self.directory}: no caption {judgments.next['caption']}")

    def aggregates(self) -> "Beside":
        """What the rater model makes of each caption's judgments, for who goes by captions."""
        return Beside(self.lines("aggregates"))

    def rows(self) -> Iterator[Row]:
        """The long form: every judgment with its caption and video beside it."""
        return ({**caption, **one} for caption, judgments in self.rated() for one in judgments)

    def lines(self, name: str) -> Iterator[Row]:
        """The lines of a file; none where the snapshot is older than that kind of file."""
        path = self.directory / f"{name}.jsonl"
        if not path.exists():
            return
        with path.open(encoding="utf-8") as file:
            for line in file:
                self.on_line()
                yield json.loads(line)

    @contextmanager
    def caption_index(self) -> Iterator["CaptionIndex"]:
        """Where each caption stands in its file, for whoever needs them out of their order."""
        with (self.directory / "captions.jsonl").open("rb") as file:
            yield CaptionIndex(file, list(self.videos))


class Beside:
    """Lines that belong to captions, read along while somebody goes through the captions."""

    def __init__(self, lines: Iterator[Row]) -> None:
        self._lines = lines
        self.next = next(lines, None)

    def of(self, caption: int) -> list[Row]:
        """The lines of this caption, which comes after the one that was asked for before."""
        own = []
        while self.next is not None and self.next["caption"] == caption:
            own.append(self.next)
            self.next = next(self._lines, None)
        return own


class CaptionIndex:
    """Finds captions by id or by video. Takes 20 bytes of memory for each."""

    def __init__(self, file: BinaryIO, videos: list[str]) -> None:
        self._file = file
        self._videos = videos
        number_of = {video: number for number, video in enumerate(videos)}
        ids, places, of = array("q"), array("q"), array("i")
        place = 0
        for line in file:
            caption = json.loads(line)
            ids.append(caption["caption"])
            places.append(place)
            of.append(number_of[caption["video"]])
            place += len(line)
        self._ids, self._places, self._of = map(np.array, (ids, places, of))

    def __getitem__(self, caption: int) -> Row:
        return self._read(int(np.searchsorted(self._ids, caption)))

    def by_video(self) -> Iterator[tuple[str, list[Row]]]:
        """Each video that has captions, in order of its content, with all of them."""
        order = np.argsort(self._of, kind="stable")
        starts = np.flatnonzero(np.diff(self._of[order], prepend=-1))
        for group in np.split(order, starts[1:]) if len(order) else ():
            yield self._videos[self._of[group[0]]], [self._read(int(one)) for one in group]

    def _read(self, number: int) -> Row:
        self._file.seek(int(self._places[number]))
        caption: Row = json.loads(self._file.readline())
        return caption
