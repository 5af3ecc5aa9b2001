"""Rating: the rules, the wording, the queue, and one's own answers."""

from collections.abc import Iterator
from typing import Unpack

from crest import schema
from crest.part import Part


class Protocol(Part):
    """The rules by which a project rates."""

    def get(self) -> schema.ProtocolWhole:
        return self._get("protocol")

    def change(self, **changes: Unpack[schema.PatchedProtocolWholeRequest]) -> schema.ProtocolWhole:
        return self._patch("protocol", changes)


class Rubric(Part):
    """What is asked, in its versions, and the bridges between them."""

    def get(self, *, version: int | None = None, language: str | None = None) -> schema.RubricOut:
        return self._get("rubric", version=version, language=language)

    def versions(self) -> Iterator[schema.VersionOut]:
        return self._pages("rubric/versions")

    def version(self, version: int) -> schema.VersionWithTexts:
        return self._get(f"rubric/versions/{version}")

    def change(self, **wording: Unpack[schema.VersionInRequest]) -> schema.VersionOut:
        return self._post("rubric/versions", wording)

    def bridges(self) -> Iterator[schema.BridgeOut]:
        return self._pages("rubric/bridges")

    def bridge(self, bridge: int) -> schema.BridgeWithShifts:
        return self._get(f"rubric/bridges/{bridge}")

    def build_bridge(self, **plan: Unpack[schema.BridgeInRequest]) -> schema.BridgeOut:
        return self._post("rubric/bridges", plan)


class Queue(Part):
    """What is rated next, how often each caption was, and what was withdrawn."""

    def get(self) -> schema.QueueOut:
        return self._get("queue")

    def ledger(self) -> Iterator[schema.LedgerRow]:
        return self._pages("ledger")

    def prioritise(self, **wish: Unpack[schema.PriorityInRequest]) -> schema.PriorityOut:
        return self._post("priorities", wish)

    def withdrawn(self) -> Iterator[schema.WithdrawnRow]:
        return self._pages("withdrawn")

    def restore(self, item: int) -> None:
        self._post(f"withdrawn/{item}/restore")


class Slots(Part):
    """An annotator's own work: a slot is a caption that one holds, or has answered."""

    def claim(self, **wish: Unpack[schema.ClaimInRequest]) -> schema.SlotOut:
        """Take the next caption. `Refused` with `nothing-to-rate` says why there is none."""
        return self._post("slots", wish)

    def get(self, slot: int) -> schema.SlotOut:
        return self._get(f"slots/{slot}")

    def keep(self, slot: int) -> schema.LeaseOut:
        return self._post(f"slots/{slot}/heartbeat")

    def save_draft(self, slot: int, **draft: Unpack[schema.DraftInRequest]) -> schema.DraftSaved:
        return self._put(f"slots/{slot}/draft", draft)

    def submit(
        self, slot: int, **answer: Unpack[schema.SubmissionInRequest]
    ) -> schema.SubmissionOut:
        """Answer. The same `client_key` again changes nothing, and gives the same reply."""
        return self._post(f"slots/{slot}/submission", answer)

    def revise(self, slot: int, **answer: Unpack[schema.RevisionInRequest]) -> schema.SubmissionOut:
        return self._post(f"slots/{slot}/revision", answer)

    def vote(self, slot: int, **choice: Unpack[schema.VoteInRequest]) -> schema.VoteOut:
        return self._post(f"slots/{slot}/vote", choice)

    def skip(self, slot: int, **why: Unpack[schema.SkipInRequest]) -> None:
        self._post(f"slots/{slot}/skip", why)

    def take_back_skip(self, slot: int) -> None:
        self._delete(f"slots/{slot}/skip")

    def remarks(self, slot: int) -> Iterator[schema.RemarkOut]:
        return self._pages(f"slots/{slot}/remarks")

    def remark(self, slot: int, **remark: Unpack[schema.RemarkInRequest]) -> schema.RemarkOut:
        return self._post(f"slots/{slot}/remarks", remark)

    def unflag(self, slot: int) -> None:
        self._delete(f"slots/{slot}/flag")

    def history(self) -> Iterator[schema.HistoryRow]:
        return self._pages("history")

    def returned(self) -> Iterator[schema.ReturnedOut]:
        """One's ratings that an adjudicator asks to think over."""
        return self._pages("returned")

    def examples(self) -> schema.ExamplesOut:
        return self._get("examples")


class Comparisons(Part):
    """Blind votes between captioners."""

    def list(self) -> Iterator[schema.ComparisonOut]:
        return self._pages("comparisons")

    def get(self, comparison: int) -> schema.ComparisonWithResults:
        return self._get(f"comparisons/{comparison}")

    def start(self, **plan: Unpack[schema.ComparisonInRequest]) -> schema.ComparisonOut:
        return self._post("comparisons", plan)

    def votes(self, comparison: int) -> Iterator[schema.VoteRow]:
        return self._pages(f"comparisons/{comparison}/votes")
