"""What is rated: videos and captions, and the files that they come in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Unpack

from crest import schema
from crest.part import Part


class Videos(Part):
    def list(self) -> Iterator[schema.VideoOut]:
        return self._pages("videos")

    def add(self, file: IO[bytes]) -> schema.VideoOutcomeOut:
        """Upload one. Its name is the file's; what it is is found out by looking at it."""
        return self._send("videos", file)

    def fetch(self, sha256: str, into: Path) -> Path:
        return self._fetch(f"media/{sha256}/video.mp4", into)

    def fetch_poster(self, sha256: str, into: Path) -> Path:
        return self._fetch(f"media/{sha256}/poster.jpg", into)


class Captions(Part):
    def add(self, file: IO[bytes]) -> schema.CaptionsReportOut:
        """Import a JSONL file while one waits. Larger ones, and other formats: `imports`."""
        return self._send("captions", file)

    def captioners(self) -> Iterator[schema.CaptionerOut]:
        return self._pages("captioners")


class Imports(Part):
    """Files of captions and ratings, imported in the background: all of a file or nothing."""

    def list(self) -> Iterator[schema.ImportOut]:
        return self._pages("imports")

    def preview(
        self, file: IO[bytes], *, format: schema.FormatEnum | None = None
    ) -> schema.PreviewOut:
        """Look at the first rows, and at what would be read from which column."""
        return self._send("imports/preview", file, {"format": format or ""})

    def start(
        self,
        file: IO[bytes],
        *,
        what: schema.WhatEnum = "captions",
        format: schema.FormatEnum | None = None,
        columns: dict[str, str] | None = None,
        fixed: dict[str, str] | None = None,
        dry_run: bool = False,
        without_media: bool = False,
    ) -> schema.JobOut:
        """Send the file; `jobs.wait` for the job, then read the `report`.

        `columns` says in which column a field is, `fixed` what a field is in every row.
        `without_media` takes captions of videos that are known by their names alone.
        """
        form = {
            "what": what,
            "format": format or "",
            "columns": json.dumps(columns or {}),
            "fixed": json.dumps(fixed or {}),
            "dry_run": dry_run,
            "without_media": without_media,
        }
        return self._send("imports", file, form)

    def sources(self) -> Iterator[schema.SourceOut]:
        """The folders and buckets that the site's operator has set up."""
        return self._pages("imports/sources")

    def start_from(self, **files: Unpack[schema.FilesInRequest]) -> schema.JobOut:
        """Import files that lie in a source."""
        return self._post("imports/files", files)

    def start_uploaded(self, **uploads: Unpack[schema.UploadsInRequest]) -> schema.JobOut:
        """Import what was uploaded piece by piece."""
        return self._post("imports/uploads", uploads)

    def report(self, job: int, *, outcome: str | None = None) -> Iterator[dict[str, Any]]:
        """What became of each line."""
        return self._lines(f"imports/{job}/report.jsonl", outcome=outcome)
