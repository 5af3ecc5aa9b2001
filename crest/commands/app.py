"""The root of the command: its nouns, and what becomes of refusals."""

import sys
from typing import Annotated, Final

import typer

from crest.commands import (
    api,
    audit,
    imports,
    jobs,
    loop,
    members,
    projects,
    quality,
    runs,
    sites,
    snapshots,
    tokens,
    videos,
    webhooks,
)
from crest.problems import Refused, Unreachable

REFUSED: Final = 1
UNREACHABLE: Final = 3

app = typer.Typer(
    name="crest",
    help="Rate captions, train the scorer, select, fine-tune, compare: from a shell.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("login")(sites.login)
app.command("logout")(sites.logout)
app.command("whoami")(sites.whoami)
app.command("api")(api.ask)
for noun, verbs in (
    ("project", projects.app),
    ("member", members.app),
    ("video", videos.app),
    ("import", imports.app),
    ("quality", quality.app),
    ("snapshot", snapshots.app),
    ("run", runs.app),
    ("loop", loop.app),
    ("job", jobs.app),
    ("webhook", webhooks.app),
    ("audit", audit.app),
    ("token", tokens.app),
):
    app.add_typer(verbs, name=noun, no_args_is_help=True)


@app.callback()
def at(
    site: Annotated[
        str, typer.Option(envvar="CREST_URL", help="The site; left out: where you last signed in.")
    ] = "",
) -> None:
    """Rate captions, train the scorer, select, fine-tune, compare: from a shell."""
    sites.CHOSEN.set(site)


def main() -> None:
    """Run the command: 0, 1 where the site refused, 2 for wrong usage, 3 where there is no site."""
    try:
        with sites.OPENED:
            app()
    except Refused as refused:
        typer.echo(refused, err=True)
        for name, fact in refused.facts.items():
            typer.echo(f"  {name}: {fact}", err=True)
        sys.exit(REFUSED)
    except (Unreachable, sites.NotSignedIn) as error:
        typer.echo(error, err=True)
        sys.exit(UNREACHABLE)
