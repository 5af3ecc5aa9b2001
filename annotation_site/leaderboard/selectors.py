"""Who captions best, and which scorer says so: from finished runs and from people's ratings."""

from typing import Any, Final

from django.db.models import Avg, Count, F

from annotation_site.accounts.models import Project
from annotation_site.rating.selectors import data
from annotation_site.runs.models import Kind, Run, State
from scorer.rubric import NOT_INVOLVED

SCORERS_SHOWN: Final = 20

NOTE: Final = (
    "The score is what our scorer gives, on average over held-out videos (1 to 5, dimensions not "
    "involved left out), with a 95 % interval over videos. It is neither VDCSCORE nor a human "
    "rating. What people gave the same captioner stands beside it, over all their ratings."
)


def leaderboard(project: Project) -> dict[str, Any]:
    """The standing after the newest evaluation. Three queries, whatever the project's size."""
    evaluation = _newest(project, Kind.EVALUATE)
    return {
        "note": NOTE,
        "captioners": _captioners(project, evaluation),
        "scorers": _scorers(project),
    }


def _newest(project: Project, kind: Kind) -> Run | None:
    done = Run.objects.filter(project=project, kind=kind, state=State.SUCCEEDED)
    return done.order_by("-pk").first()


def _captioners(project: Project, evaluation: Run | None) -> list[dict[str, Any]]:
    """Best first; captioners that people rated and no evaluation has seen come last."""
    human = _human_means(project)
    rows = []
    for found in evaluation.result["captioners"] if evaluation else ():
        run = evaluation.pk if evaluation and found["source"] != "imported" else None
        rated = human.pop(found["name"], None) if found["source"] == "imported" else None
        rows.append({**found, "run": run, "human": rated})
    rows.sort(key=lambda row: -row["mean_involved"]["value"] if row["mean_involved"] else 0.0)
    return rows + [_unscored(name, rated) for name, rated in sorted(human.items())]


def _unscored(name: str, human: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "source": "imported",
        "run": None,
        "videos": 0,
        "mean_involved": None,
        "dimensions": {},
        "human": human,
    }


def _human_means(project: Project) -> dict[str, dict[str, Any]]:
    """Per imported captioner, the mean level over involved dimensions; 0 is no level."""
    judged = data().filter(slot__item__project=project, level__gt=NOT_INVOLVED)
    means = judged.values(name=F("slot__item__caption__captioner__name")).annotate(
        mean=Avg("level"), ratings=Count("slot", distinct=True)
    )
    return {row["name"]: {"mean": row["mean"], "ratings": row["ratings"]} for row in means}


def _scorers(project: Project) -> list[dict[str, Any]]:
    """The newest scorers, with how well each agreed with people on held-out videos."""
    done = Run.objects.filter(project=project, kind=Kind.SCORER, state=State.SUCCEEDED)
    return [
        {
            "run": run.pk,
            "finished_at": run.finished_at,
            "readout": run.result["readout"],
            **_agreement(run.result),
            "ratings": run.result["train_judgments"],
        }
        for run in done.order_by("-pk")[:SCORERS_SHOWN]
    ]


def _agreement(result: dict[str, Any]) -> dict[str, float | None]:
    """As at the head of the run's page. Runs from before the report have its summary only."""
    if "report" not in result:
        return {name: result["test"][name] for name in ("srcc", "mae")}
    return {name: result["report"]["average"][name]["value"] for name in ("srcc", "mae")}
