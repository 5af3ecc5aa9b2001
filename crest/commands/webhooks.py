"""`crest webhook`: whom the site tells of what happens, and what became of each message."""

from typing import Annotated, Final, cast

import typer

from crest import schema
from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project

app = typer.Typer(
    help="Webhooks: list, show, create, change, ping, renew-secret, remove, deliveries, redeliver."
)
Webhook = Annotated[int, typer.Argument(help="Its number, as `list` shows it.")]
Delivery = Annotated[int, typer.Argument(help="Its number, as `deliveries` shows it.")]
_EVENT: Final = typer.Option(
    "--event", help="What to tell, such as import.ended; again for more. The site says which."
)
Events = Annotated[list[str], _EVENT]
OtherEvents = Annotated[list[str] | None, _EVENT]


@app.command("list")
def list_them(slug: InProject, limit: Limit = SOME, as_json: AsJson = False) -> None:
    """The newest first."""
    rows = project(slug).webhooks.list()
    table(rows, ("id", "url", "types", "off", "last_at"), as_json=as_json, limit=limit)


@app.command("show")
def show_one(slug: InProject, webhook: Webhook, as_json: AsJson = False) -> None:
    """One of them, and how it does."""
    show(project(slug).webhooks.get(webhook), as_json=as_json)


@app.command()
def create(
    slug: InProject,
    url: Annotated[str, typer.Argument(help="Where to send to.")],
    event: Events,
    description: str = "",
    as_json: AsJson = False,
) -> None:
    """Make one. Its secret is shown now, and never again."""
    made = project(slug).webhooks.make(url=url, types=_types(event), description=description)
    show(made, as_json=as_json)


@app.command()
def change(
    slug: InProject,
    webhook: Webhook,
    url: str = "",
    event: OtherEvents = None,
    on: Annotated[bool | None, typer.Option("--on/--off", help="Whether anything is sent.")] = None,
    as_json: AsJson = False,
) -> None:
    """Send elsewhere, tell other events, or switch it off and on."""
    changes: schema.PatchedWebhookChangeRequest = {}
    if url:
        changes["url"] = url
    if event:
        changes["types"] = _types(event)
    if on is not None:
        changes["on"] = on
    show(project(slug).webhooks.change(webhook, **changes), as_json=as_json)


@app.command()
def ping(slug: InProject, webhook: Webhook, as_json: AsJson = False) -> None:
    """Send something, to see whether it arrives: look at `deliveries`."""
    show(project(slug).webhooks.ping(webhook), as_json=as_json)


@app.command()
def renew_secret(slug: InProject, webhook: Webhook, as_json: AsJson = False) -> None:
    """Make another secret. It is shown now, and never again; the former one goes on for a day."""
    show(project(slug).webhooks.renew_secret(webhook), as_json=as_json)


@app.command()
def remove(slug: InProject, webhook: Webhook) -> None:
    """Tell it nothing more, and forget its deliveries."""
    project(slug).webhooks.remove(webhook)


@app.command()
def deliveries(
    slug: InProject,
    webhook: Webhook,
    state: Annotated[schema.DeliveryState | None, typer.Option()] = None,
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """What was sent to it, and what came back; the newest first."""
    rows = project(slug).webhooks.deliveries(webhook, state=state)
    columns = ("id", "type", "state", "tries", "last_status", "last_problem", "happened_at")
    table(rows, columns, as_json=as_json, limit=limit)


@app.command()
def redeliver(
    slug: InProject, webhook: Webhook, delivery: Delivery, as_json: AsJson = False
) -> None:
    """Send it once more."""
    show(project(slug).webhooks.redeliver(webhook, delivery), as_json=as_json)


def _types(events: list[str]) -> list[schema.WebhookChoice]:
    """As the command takes no lists of choices: the site refuses what there is not."""
    return cast("list[schema.WebhookChoice]", events)
