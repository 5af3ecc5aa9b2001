"""Ratings that were made elsewhere: they become what submissions leave here, marked as imported.

Nobody watched anything for them here: the evidence of such a slot says which job brought it.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import IO, Any, Final

from django.db.models import Exists, F, OuterRef

from annotation_site.catalog import imports as catalog_imports
from annotation_site.catalog import recognition
from annotation_site.catalog.caption_lines import Layout
from annotation_site.catalog.captions import (
    BATCH,
    REPORTED,
    CaptionsReport,
    Fate,
    OnFate,
    one_import_at_a_time,
)
from annotation_site.catalog.models import Caption
from annotation_site.catalog.readers.label_studio import ANNOTATIONS
from annotation_site.catalog.records import Problem
from annotation_site.common.planner import Growth
from annotation_site.common.refusals import Conflict
from annotation_site.jobs.registry import handler
from annotation_site.jobs.work import Work
from annotation_site.rating.imports_captions import RatedCaptions
from annotation_site.rating.imports_lines import NAMES, RatingLine, read
from annotation_site.rating.imports_people import Annotators
from annotation_site.rating.models import Item, Judgment, Purpose, Slot
from annotation_site.rating.protocols import protocol_of

HERE_ALREADY: Final = "This rating is already here."


class Contradiction(Conflict):
    """A rating in the file differs from one that is here, or that came before it in the file."""


recognition.know(
    "ratings",
    recognition.Holding(names=NAMES, marks=frozenset({*NAMES["annotator"], ANNOTATIONS})),
)


@handler(catalog_imports.KINDS["ratings"])
def import_ratings(work: Work) -> dict[str, Any]:
    return catalog_imports.run(work, partial(_take, work), names=NAMES)


def _take(work: Work, file: IO[bytes], layout: Layout, on_fate: OnFate) -> CaptionsReport:
    one_import_at_a_time(work.job.project)
    report = CaptionsReport(kind="ratings", name=work.job.payload["name"])
    captions = RatedCaptions(work.job.project, may_make=work.job.payload["without_media"])
    _check(read(file, layout), captions, report, on_fate)
    if report.outcome == "accepted":
        ratings = _Ratings(work, captions)
        rows = (row for row in read(file, layout) if isinstance(row, RatingLine))
        while batch := list(islice(rows, BATCH)):
            _tell(batch, ratings.add(batch), report, on_fate)
    return report


def _check(
    rows: Iterator[RatingLine | Problem],
    captions: RatedCaptions,
    report: CaptionsReport,
    on_fate: OnFate,
) -> None:
    broken = 0
    while batch := list(islice(rows, BATCH)):
        report.lines += len(batch)
        told = [row for row in batch if isinstance(row, Problem)]
        told += captions.problems([row for row in batch if isinstance(row, RatingLine)])
        broken += len(told)
        for problem in told:
            on_fate(Fate(line=problem.line, outcome="refused", reason=problem.reason))
        report.problems += told[: REPORTED - len(report.problems)]
    if broken:
        report.refuse(f"{broken} of {report.lines} lines cannot be imported, so nothing was.")
    elif report.lines == 0:
        report.refuse("There are no ratings in the file.")


def _tell(
    batch: Sequence[RatingLine], fresh: Sequence[bool], report: CaptionsReport, on_fate: OnFate
) -> None:
    for row, new in zip(batch, fresh, strict=True):
        if new:
            report.accepted += 1
            on_fate(Fate(line=row.line, outcome="accepted"))
        else:
            report.skip(row.line, HERE_ALREADY)
            on_fate(Fate(line=row.line, outcome="skipped", reason=HERE_ALREADY))


_Place = tuple[int, int]
"""An item and an annotator: at most one slot."""


class _Ratings:
    """Writes ratings down a batch at a time, in a few statements however many there are."""

    def __init__(self, work: Work, captions: RatedCaptions) -> None:
        self._job = work.job
        self._captions = captions
        self._annotators = Annotators(work.job.project)
        self._rubric = protocol_of(work.job.project).rubric_version
        self._growth = Growth()

    def add(self, batch: Sequence[RatingLine]) -> list[bool]:
        """Tell for each line whether it said something new."""
        self._annotators.look_up({row.annotator for row in batch})
        items = self._items(self._captions.ids(batch))
        places = [
            (item, self._annotators[row.annotator]) for row, item in zip(batch, items, strict=True)
        ]
        slots = self._slots(batch, places)
        return self._judge(batch, [slots[place] for place in places])

    def _items(self, captions: Sequence[int]) -> list[int]:
        """The items of the captions, held. One of a video without media is open to nobody."""
        wanted = set(captions)
        held = Item.objects.filter(purpose=Purpose.RATE, caption__in=wanted)
        held = held.select_for_update(no_key=True).order_by("pk")
        found = dict(held.values_list("caption", "pk"))
        made = Item.objects.bulk_create(
            Item(project=self._job.project, caption_id=caption, overlap=0, shuffle=0)
            for caption in sorted(wanted - found.keys())
        )
        found |= {item.caption_id: item.pk for item in made}
        return [found[caption] for caption in captions]

    def _slots(self, batch: Sequence[RatingLine], places: Sequence[_Place]) -> dict[_Place, Slot]:
        known = Slot.objects.filter(
            item__in={item for item, _ in places}, annotator__in={person for _, person in places}
        )
        slots = {(slot.item_id, slot.annotator_id): slot for slot in known}
        for row, place in zip(batch, places, strict=True):
            if place in slots and slots[place].state != Slot.State.SUBMITTED:
                title = f"{row.annotator} holds the caption of line {row.line}, or passed it over."
                raise Contradiction(title, line=row.line)
        first: dict[_Place, RatingLine] = {}
        for row, place in zip(batch, places, strict=True):
            if place not in slots:
                first.setdefault(place, row)
        made = Slot.objects.bulk_create(self._slot(row, place) for place, row in first.items())
        self._growth.add(len(made))
        _count(made)
        return slots | {(slot.item_id, slot.annotator_id): slot for slot in made}

    def _slot(self, row: RatingLine, place: _Place) -> Slot:
        when = row.when or self._job.created_at
        return Slot(
            item_id=place[0],
            annotator_id=place[1],
            state=Slot.State.SUBMITTED,
            leased_at=when,
            submitted_at=when,
            client_key=uuid.uuid4(),
            evidence={"imported_by_job": self._job.pk},
            revision=1,
            rubric_version=self._rubric,
            watch_share=0,
        )

    def _judge(self, batch: Sequence[RatingLine], slots: Sequence[Slot]) -> list[bool]:
        known = _levels(slots)
        fresh: list[Judgment] = []
        new = []
        for row, slot in zip(batch, slots, strict=True):
            before = len(fresh)
            for dimension, level in row.levels.items():
                said = known.get((slot.pk, dimension))
                if said is None:
                    known[slot.pk, dimension] = level
                    fresh.append(self._judgment(slot, dimension, level))
                elif said != level:
                    raise Contradiction(_differs(row, dimension, level, said), line=row.line)
            new.append(len(fresh) > before)
        Judgment.objects.bulk_create(fresh)
        return new

    def _judgment(self, slot: Slot, dimension: str, level: int) -> Judgment:
        return Judgment(
            slot=slot,
            dimension=dimension,
            level=level,
            revision=slot.revision,
            rubric_version=slot.rubric_version,
            judged_at=slot.submitted_at or self._job.created_at,
        )


def _differs(row: RatingLine, dimension: str, level: int, said: int) -> str:
    return (
        f"Line {row.line} gives {dimension} a {level}, where {row.annotator} gave it a {said} "
        "before. Nothing was imported."
    )


def _levels(slots: Iterable[Slot]) -> dict[tuple[int, str], int]:
    """What these slots say now, by slot and dimension."""
    rows = Judgment.objects.filter(
        slot__in={slot.pk for slot in slots}, revision=F("slot__revision")
    )
    return {
        (slot, dimension): level
        for slot, dimension, level in rows.values_list("slot", "dimension", "level")
    }


def _count(made: Iterable[Slot]) -> None:
    """Count the new answers at their items. Where nobody is to be asked, that is all there are."""
    of_item = Counter(slot.item_id for slot in made)
    for number in sorted(set(of_item.values())):
        items = Item.objects.filter(pk__in=[pk for pk, n in of_item.items() if n == number])
        items.update(n_open=F("n_open") + number, n_done=F("n_done") + number)
    unseen = Caption.objects.filter(pk=OuterRef("caption"), video__has_media=False)
    closed = Item.objects.filter(Exists(unseen), pk__in=of_item)
    closed.update(overlap=F("n_open"))
