"""Snapshots of the ratings, and what they are handed out as."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Unpack

from crest import schema
from crest.http import segment
from crest.part import Part


class Snapshots(Part):
    def list(self) -> Iterator[schema.SnapshotOut]:
        return self._pages("snapshots")

    def get(self, snapshot: int) -> schema.SnapshotWhole:
        return self._get(f"snapshots/{snapshot}")

    def choices(self) -> schema.ChoicesOut:
        """What filters can name."""
        return self._get("snapshots/choices")

    def preview(self, **wanted: Unpack[schema.WantedInRequest]) -> schema.CountsOut:
        return self._post("snapshots/preview", wanted)

    def freeze(
        self, **wanted: Unpack[schema.FreezeInRequest]
    ) -> schema.SnapshotOut | schema.JobOut:
        """Freeze what is rated: the same data give the same snapshot. With `background`, a job."""
        return self._post("snapshots", wanted)

    def manifest(self, snapshot: int) -> dict[str, Any]:
        return self._get(f"snapshots/{snapshot}/manifest.json")

    def diff(self, snapshot: int, other: int) -> schema.DiffOut:
        return self._get(f"snapshots/{snapshot}/diff/{other}")

    def diff_lines(self, snapshot: int, other: int) -> Iterator[dict[str, Any]]:
        return self._lines(f"snapshots/{snapshot}/diff/{other}.jsonl")

    def exports(self, snapshot: int) -> Iterator[schema.ExportOut]:
        """The formats, and which are made."""
        return self._pages(f"snapshots/{snapshot}/exports")

    def make_export(self, snapshot: int, form: str) -> schema.ExportOut | schema.JobOut:
        """Have an export made: at once where it is small, else by a job."""
        return self._post(f"snapshots/{snapshot}/exports/{segment(form)}")

    def export_manifest(self, snapshot: int, form: str) -> dict[str, Any]:
        return self._get(f"snapshots/{snapshot}/exports/{segment(form)}/manifest.json")

    def fetch_export(self, snapshot: int, form: str, into: Path) -> Path:
        """Download an export that is made; what is there of it already is not sent again."""
        return self._fetch(f"snapshots/{snapshot}/exports/{segment(form)}", into)
