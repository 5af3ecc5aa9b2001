"""The client: a site, and the projects on it."""

from collections.abc import Iterator
from types import TracebackType
from typing import Self, Unpack

import httpx

from crest import schema
from crest.audit import Audit
from crest.catalog import Captions, Imports, Videos
from crest.datasets import Snapshots
from crest.http import SECONDS, Http, segment
from crest.loop import Loop
from crest.part import Part
from crest.people import Invitations, Members, Organisations, Profile, Tokens
from crest.quality import Adjudication, Checks, Quality
from crest.rating import Comparisons, Protocol, Queue, Rubric, Slots
from crest.webhooks import Webhooks
from crest.work import Jobs, Runs


class Project(Part):
    """One project, and what is in it."""

    def __init__(self, http: Http, slug: str) -> None:
        super().__init__(http, f"projects/{segment(slug)}")
        inside = f"{self._root}/"
        self.members = Members(http, inside)
        self.invitations = Invitations(http, inside)
        self.videos = Videos(http, inside)
        self.captions = Captions(http, inside)
        self.imports = Imports(http, inside)
        self.protocol = Protocol(http, inside)
        self.rubric = Rubric(http, inside)
        self.queue = Queue(http, inside)
        self.slots = Slots(http, inside)
        self.comparisons = Comparisons(http, inside)
        self.quality = Quality(http, inside)
        self.checks = Checks(http, inside)
        self.adjudication = Adjudication(http, inside)
        self.snapshots = Snapshots(http, inside)
        self.webhooks = Webhooks(http, inside)
        self.audit = Audit(http, inside)
        self.jobs = Jobs(http, inside)
        self.runs = Runs(http, inside)
        self.loop = Loop(http, inside)

    def get(self) -> schema.ProjectOut:
        return self._get("")

    def change(self, **changes: Unpack[schema.PatchedProjectInRequest]) -> schema.ProjectOut:
        return self._patch("", changes)

    def archive(self) -> schema.ProjectOut:
        """Close it: it can be read, but nothing in it changes or runs."""
        return self._post("/archive")

    def unarchive(self) -> schema.ProjectOut:
        return self._delete("/archive")

    def leaderboard(self) -> schema.Board:
        return self._get("/leaderboard")


class Client(Part):
    """A site, as whoever the token belongs to.

    `address` is that of the site, such as `https://crest.example`; make a token under Profile or
    by `crest login`. `seconds` is how long an answer may take to come.
    """

    def __init__(
        self,
        address: str,
        token: str | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        seconds: float = SECONDS,
    ) -> None:
        super().__init__(Http(address, token, transport=transport, seconds=seconds))
        self.profile = Profile(self.http)
        self.tokens = Tokens(self.http)
        self.organisations = Organisations(self.http)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.http.close()

    def session(self) -> schema.SessionOut:
        """Who one is here, and where one belongs."""
        return self._get("session")

    def projects(
        self, *, search: str | None = None, archived: str | None = None
    ) -> Iterator[schema.ProjectOut]:
        return self._pages("projects", search=search, archived=archived)

    def project(self, slug: str) -> Project:
        return Project(self.http, slug)
