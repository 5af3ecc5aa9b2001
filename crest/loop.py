"""The loop that runs itself: how it stands, who is the champion, and by which policy it goes on."""

from collections.abc import Iterator
from typing import Unpack

from crest import schema
from crest.part import Part


class Loop(Part):
    """From ratings to evaluation, and round again."""

    def get(self) -> schema.LoopOut:
        """The newest of each stage, what comes next, and what more ratings are worth."""
        return self._get("loop")

    def policy(self) -> schema.PolicyOut:
        return self._get("loop/policy")

    def change_policy(self, **changes: Unpack[schema.PatchedPolicyOutRequest]) -> schema.PolicyOut:
        """What is not given stays."""
        return self._patch("loop/policy", changes)

    def trials(self) -> Iterator[schema.TrialOut]:
        """Every challenger that was held against the champion, the newest first."""
        return self._pages("loop/trials")

    def promote(self, run: int, **why: Unpack[schema.PromotionRequest]) -> schema.TrialOut:
        """Make a scorer the champion, whatever a rule says."""
        return self._post(f"runs/{run}/promote", why)
