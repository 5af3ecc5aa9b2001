"""What can go wrong between here and the site."""

from typing import Any


class Unreachable(Exception):
    """The site gives no answer, or none that is Crest's."""


class Refused(Exception):
    """The site said no: an RFC 9457 problem."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.type: str = problem.get("type", "error")
        """A stable name, such as `nothing-to-build-on`."""
        self.title: str = problem.get("title", "")
        """A sentence for people."""
        self.status: int = problem["status"]
        self.facts = {name: fact for name, fact in problem.items() if name not in COMMON}
        """What and where, for machines: `errors` of fields, `field`, `retry_after`, and so on."""
        super().__init__(f"{self.title or 'The site refused.'} ({self.type}, {self.status})")


COMMON = frozenset({"type", "title", "status"})
