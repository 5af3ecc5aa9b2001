"""The worker's side: send what is due, and forget what is old."""

from annotation_site.queue import app
from annotation_site.webhooks import lanes, nudges, retention


@app.task(name=nudges.TASK)
def deliver(**_: object) -> None:
    """Send what is due to whoever is to be told."""
    lanes.deliver()


@app.task(name="crest.sweep-webhooks")
def sweep(**_: object) -> None:
    """Forget deliveries that are older than a month."""
    retention.sweep()
