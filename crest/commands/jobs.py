"""`crest job`: the site's own work in the background."""

import sys
from typing import Annotated

import typer

from crest import schema
from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project
from crest.work import Jobs

app = typer.Typer(
    help="Work in the background, such as imports and exports: list, show, wait, cancel."
)
Job = Annotated[int, typer.Argument(help="Its number.")]


@app.command("list")
def list_them(
    slug: InProject,
    kind: str = "",
    state: Annotated[schema.JobState | None, typer.Option()] = None,
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """The newest first."""
    rows = project(slug).jobs.list(kind=kind or None, state=state)
    table(rows, ("id", "kind", "state", "by", "created_at"), as_json=as_json, limit=limit)


@app.command("show")
def show_one(slug: InProject, job: Job, as_json: AsJson = False) -> None:
    """One of them, with its result or why it failed."""
    show(project(slug).jobs.get(job), as_json=as_json)


@app.command()
def wait(slug: InProject, job: Job, as_json: AsJson = False) -> None:
    """Wait until it is over. Exits with 1 if it did not succeed."""
    finish(project(slug).jobs, job, as_json=as_json)


@app.command()
def cancel(slug: InProject, job: Job, as_json: AsJson = False) -> None:
    """Ask it to stop."""
    show(project(slug).jobs.cancel(job), as_json=as_json)


def finish(jobs: Jobs, job: int, *, as_json: bool) -> None:
    """Show how it goes on where somebody looks, and in the end what came of it."""
    ended = jobs.wait(job, seen=_tell)
    show(ended, as_json=as_json)
    if ended.get("state") != "succeeded":
        raise typer.Exit(1)


def _tell(job: schema.JobOut) -> None:
    if sys.stderr.isatty():
        done, total = job["progress"].get("done"), job["progress"].get("total")
        typer.echo(f"\r{job.get('state')} {done or 0} of {total or '?'}   ", nl=False, err=True)
