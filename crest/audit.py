"""The audit log: who changed what, and when."""

from collections.abc import Iterator
from pathlib import Path

from crest import schema
from crest.http import segment
from crest.part import Part


class Audit(Part):
    """Of a project, or of an organisation. Instants are ISO 8601."""

    def list(
        self,
        *,
        person: int | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Iterator[schema.EntryOut]:
        """The newest first."""
        return self._pages("audit", person=person, kind=kind, since=since, until=until)

    def fetch(self, form: str, into: Path) -> Path:
        """Download all of it, as `csv` or `jsonl`."""
        return self._fetch(f"audit.{segment(form)}", into)
