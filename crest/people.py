"""Who there is: oneself, one's tokens, organisations, members and invitations."""

from collections.abc import Iterator
from typing import Unpack

from crest import schema
from crest.audit import Audit
from crest.http import segment
from crest.part import Part


class Profile(Part):
    """Oneself."""

    def get(self) -> schema.ProfileOut:
        return self._get("profile")

    def change(self, **changes: Unpack[schema.PatchedProfileInRequest]) -> schema.ProfileOut:
        return self._patch("profile", changes)

    def change_password(self, **passwords: Unpack[schema.PasswordChangeRequest]) -> None:
        self._post("profile/password", passwords)


class Tokens(Part):
    """What lets scripts in. Only a session makes and ends them: a leaked token makes no others."""

    def list(self) -> Iterator[schema.TokenOut]:
        return self._pages("tokens")

    def make(self, **wish: Unpack[schema.TokenWishRequest]) -> schema.NewToken:
        return self._post("tokens", wish)

    def revoke(self, key: str) -> None:
        self._delete(f"tokens/{segment(key)}")

    def revoke_all(self) -> None:
        self._delete("tokens")


class Organisations(Part):
    """Those that one belongs to. Their owners see and change what is in them."""

    def list(self) -> Iterator[schema.OrganisationOut]:
        return self._pages("organisations")

    def projects(self, organisation: str) -> Iterator[schema.OwnedProject]:
        return self._pages(f"organisations/{segment(organisation)}/projects")

    def create_project(
        self, organisation: str, **wish: Unpack[schema.ProjectInRequest]
    ) -> schema.ProjectOut:
        return self._post(f"organisations/{segment(organisation)}/projects", wish)

    def people(self, organisation: str) -> Iterator[schema.PersonOut]:
        return self._pages(f"organisations/{segment(organisation)}/people")

    def change_person(
        self, organisation: str, person: int, **changes: Unpack[schema.PatchedPersonChangeRequest]
    ) -> schema.PersonOut:
        return self._patch(f"organisations/{segment(organisation)}/people/{person}", changes)

    def audit(self, organisation: str) -> Audit:
        """Its audit log, with those of its projects."""
        return Audit(self.http, f"organisations/{segment(organisation)}/")

    def remove_person(self, organisation: str, person: int) -> None:
        self._delete(f"organisations/{segment(organisation)}/people/{person}")


class Members(Part):
    """Who is in a project, as what."""

    def list(self, *, search: str | None = None) -> Iterator[schema.MemberOut]:
        return self._pages("members", search=search)

    def change(
        self, member: int, **changes: Unpack[schema.PatchedMemberChangeRequest]
    ) -> schema.MemberOut:
        return self._patch(f"members/{member}", changes)

    def remove(self, member: int) -> None:
        """End the membership. What they rated stays."""
        self._delete(f"members/{member}")


class Invitations(Part):
    """Links that let somebody in once."""

    def list(self) -> Iterator[schema.InvitationOut]:
        return self._pages("invitations")

    def make(self, **wish: Unpack[schema.InvitationWishRequest]) -> schema.NewInvitation:
        return self._post("invitations", wish)

    def revoke(self, invitation: int) -> None:
        self._delete(f"invitations/{invitation}")
