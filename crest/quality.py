"""Whom and what to trust: agreement, checks, standings, remarks, disagreements."""

from collections.abc import Iterator
from typing import Unpack

from crest import schema
from crest.part import Part


class Quality(Part):
    """Figures about the ratings and those who gave them."""

    def report(self, *, rubric: int | None = None) -> schema.ReportState:
        """As last computed; `rubric` is a version, left out the newest that has ratings."""
        return self._get("quality/report", rubric=rubric)

    def renew_report(self) -> schema.ReportState:
        return self._post("quality/report")

    def not_involved(self, *, rubric: int | None = None) -> Iterator[schema.AuditRow]:
        """Captions of which somebody said that a dimension is not involved, to look at."""
        return self._pages("quality/audit", rubric=rubric)

    def progress(self) -> schema.ProgressOut:
        return self._get("progress")

    def standings(self) -> Iterator[schema.RecordOut]:
        """How the annotators do against what is known."""
        return self._pages("standings")

    def annotator(self, member: int) -> schema.AnnotatorRecordOut:
        """All that is known of one of them."""
        return self._get(f"standings/{member}")

    def rated_by(self, member: int) -> Iterator[schema.RatedRow]:
        return self._pages(f"standings/{member}/ratings")

    def decide_standing(
        self, member: int, **decision: Unpack[schema.StandingInRequest]
    ) -> schema.StandingOut:
        return self._post(f"standings/{member}", decision)

    def remarks(
        self, *, kind: schema.RemarkKind | None = None, open: bool | None = None
    ) -> Iterator[schema.InboxOut]:
        return self._pages("remarks", kind=kind, open=open)

    def resolve_remark(self, remark: int) -> schema.InboxOut:
        return self._post(f"remarks/{remark}/resolve")

    def resolve_remarks(self, **which: Unpack[schema.ResolveInRequest]) -> schema.ResolveOut:
        return self._post("remarks/resolve", which)


class Checks(Part):
    """What is known beforehand: practice, qualification, gold and degraded twins."""

    def list(self, *, purpose: str | None = None) -> Iterator[schema.CheckOut]:
        return self._pages("checks", purpose=purpose)

    def candidates(
        self, *, purpose: str | None = None, search: str | None = None
    ) -> Iterator[schema.CandidateOut]:
        return self._pages("candidates", purpose=purpose, search=search)

    def make(self, **check: Unpack[schema.CheckInRequest]) -> schema.CheckOut:
        return self._post("checks", check)

    def change(
        self, check: int, **changes: Unpack[schema.PatchedCheckChangeRequest]
    ) -> schema.CheckOut:
        return self._patch(f"checks/{check}", changes)

    def make_twin(self, **twin: Unpack[schema.TwinInRequest]) -> schema.CheckOut:
        return self._post("twins", twin)

    def make_twins(self, **wish: Unpack[schema.AutomaticInRequest]) -> schema.AutomaticOut:
        return self._post("twins/automatic", wish)

    def suggest_twin(self, **asked: Unpack[schema.TwinAskedRequest]) -> schema.SuggestionOut:
        return self._post("twins/suggestion", asked)


class Adjudication(Part):
    """What people disagree on, and what is settled."""

    def conflicts(
        self,
        *,
        dimension: str | None = None,
        annotator: str | None = None,
        captioner: str | None = None,
    ) -> Iterator[schema.ConflictRow]:
        """The largest first."""
        return self._pages(
            "adjudication/conflicts", dimension=dimension, annotator=annotator, captioner=captioner
        )

    def cases(self, *, stage: schema.CaseStage | None = None) -> Iterator[schema.CaseRow]:
        return self._pages("adjudication", stage=stage)

    def story(self, item: int) -> schema.StoryOut:
        return self._get(f"adjudication/{item}")

    def open(self, **case: Unpack[schema.CaseInRequest]) -> schema.StoryOut:
        return self._post("adjudication", case)

    def decide(self, item: int, **decision: Unpack[schema.DecisionInRequest]) -> schema.StoryOut:
        return self._post(f"adjudication/{item}/decisions", decision)

    def return_rating(self, item: int, **rating: Unpack[schema.ReturnInRequest]) -> schema.StoryOut:
        return self._post(f"adjudication/{item}/returns", rating)
