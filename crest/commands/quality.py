"""`crest quality`: whom and what to trust."""

from typing import Annotated

import typer

from crest import schema
from crest.commands import jobs
from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project

app = typer.Typer(help="Quality: report, renew, annotators, conflicts, remarks.")


@app.command()
def report(slug: InProject, as_json: AsJson = False) -> None:
    """Agreement, annotators and progress, as last computed."""
    show(project(slug).quality.report(), as_json=as_json)


@app.command()
def renew(slug: InProject, as_json: AsJson = False) -> None:
    """Compute it anew, and wait."""
    inside = project(slug)
    job = inside.quality.renew_report()["job"]
    if job is None:
        report(slug, as_json)
    else:
        jobs.finish(inside.jobs, job["id"], as_json=as_json)


@app.command()
def annotators(slug: InProject, limit: Limit = SOME, as_json: AsJson = False) -> None:
    """How they do against what is known."""
    rows = project(slug).quality.standings()
    table(rows, ("id", "username", "ratings", "standing"), as_json=as_json, limit=limit)


@app.command()
def conflicts(
    slug: InProject,
    dimension: Annotated[schema.DimensionEnum | None, typer.Option()] = None,
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """What people disagree on most."""
    rows = project(slug).adjudication.conflicts(dimension=dimension)
    table(rows, ("item", "kind", "dimension", "score"), as_json=as_json, limit=limit)


@app.command()
def remarks(
    slug: InProject,
    kind: Annotated[schema.RemarkKind | None, typer.Option()] = None,
    everything: Annotated[bool, typer.Option("--all", help="Resolved ones, too.")] = False,
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """Flags and comments of annotators."""
    rows = project(slug).quality.remarks(kind=kind, open=None if everything else True)
    table(rows, ("id", "kind", "annotator", "text"), as_json=as_json, limit=limit)
