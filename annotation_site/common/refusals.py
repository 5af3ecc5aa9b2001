"""Refusals: what the domain says no with. The docstring of each is the message people read."""

from typing import Any, ClassVar

PROBLEM_TYPE = "application/problem+json"
"""What every refusal is sent as (RFC 9457)."""


class Refusal(Exception):
    """This cannot be done."""

    status: ClassVar[int] = 400

    def __init__(self, message: str | None = None, /, **facts: Any) -> None:
        """`facts` say what and where, for machines: they become members of the problem."""
        self.message = message or " ".join((type(self).__doc__ or "").split())
        self.facts = facts
        super().__init__(self.message)

    @property
    def code(self) -> str:
        """The refusal's name on the wire, such as `nothing-to-rate`."""
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class Invalid(Refusal):
    """What was sent is not valid."""

    status = 422


class Missing(Refusal):
    """There is no such thing here."""

    status = 404


class Conflict(Refusal):
    """This does not fit the present state."""

    status = 409


class Forbidden(Refusal):
    """Your role in this project does not allow this."""

    status = 403
