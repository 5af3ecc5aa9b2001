"""What goes on in the background: runs of the loop, and the site's own jobs."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Unpack
from urllib.parse import quote

from crest import schema
from crest.part import Part

OVER: Final = frozenset({"succeeded", "failed", "cancelled"})
SECONDS_BETWEEN: Final = 2.0


class Jobs(Part):
    """Imports, reports, exports and the like."""

    def list(
        self, *, kind: str | None = None, state: schema.JobState | None = None
    ) -> Iterator[schema.JobOut]:
        return self._pages("jobs", kind=kind, state=state)

    def get(self, job: int) -> schema.JobOut:
        return self._get(f"jobs/{job}")

    def cancel(self, job: int) -> schema.JobOut:
        return self._post(f"jobs/{job}/cancel")

    def wait(
        self,
        job: int,
        *,
        seen: Callable[[schema.JobOut], object] = lambda _: None,
        seconds_between: float = SECONDS_BETWEEN,
    ) -> schema.JobOut:
        """Ask until it is over. `seen` is told what each look found."""
        while True:
            found = self.get(job)
            seen(found)
            if found.get("state") in OVER:
                return found
            time.sleep(seconds_between)


class Runs(Part):
    """Stages of the loop on the GPU worker: scorer, score, select, finetune, evaluate, turn."""

    def list(self, *, kind: schema.RunKind | None = None) -> Iterator[schema.RunOut]:
        return self._pages("runs", kind=kind)

    def get(self, run: int) -> schema.RunDetail:
        return self._get(f"runs/{run}")

    def start(self, **wish: Unpack[schema.RunWishRequest]) -> schema.RunOut:
        """Ask for a run; while one of its kind goes on, that one is the answer."""
        return self._post("runs", wish)

    def cancel(self, run: int) -> schema.RunOut:
        return self._post(f"runs/{run}/cancel")

    def reproduce(self, run: int) -> schema.RunOut:
        """Do a finished stage once more; its `comparison` then says whether the files agree."""
        return self._post(f"runs/{run}/reproduce")

    def metrics(self, run: int) -> schema.MetricsOut:
        return self._get(f"runs/{run}/metrics")

    def selection(self, run: int) -> Iterator[schema.Selected]:
        return self._pages(f"runs/{run}/selection")

    def events(self, run: int) -> Iterator[dict[str, Any]]:
        """Listen, until the run is over: `{"event": ..., "data": ...}`."""
        return self.http.events(self._at(f"runs/{run}/events"))

    def fetch_artifact(self, run: int, name: str, into: Path) -> Path:
        return self._fetch(f"runs/{run}/artifacts/{quote(name)}", into)
