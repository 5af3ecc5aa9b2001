"""A webhook from its making to its removal: a real worker sends, a real receiver verifies.

On the journey's platform.
"""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from standardwebhooks import Webhook

from tests.common.servers import Server, say, serving
from tests.functional.journey import sign_in, violations
from tests.functional.platform import Platform, eventually

pytestmark = pytest.mark.journey


@pytest.fixture
def admin(browser: Browser, platform: Platform) -> Iterator[Page]:
    context = browser.new_context(
        base_url=platform.address, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in(page, platform, "admin")
    yield page
    context.close()


@pytest.fixture
def receiver(platform: Platform) -> Iterator[Server]:
    """It fails at first, and then says 200."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        say(b"not yet" if len(server.received) == 1 else b"thanks", status=statuses.pop(0))(request)

    statuses = [503, *[200] * 100]
    with serving(answer, platform.receiver_port) as server:
        yield server


def verified(server: Server, secret: str, number: int) -> Any:
    headers, body = server.received[number]
    return Webhook(secret).verify(body, {name.lower(): said for name, said in headers.items()})


def test_it_is_made_tried_out_and_hears_of_what_happens(
    admin: Page, platform: Platform, receiver: Server
) -> None:
    admin.goto("/p/demo/settings/webhooks")
    admin.get_by_role("button", name="New webhook").click()
    dialog = admin.get_by_role("dialog", name="New webhook")
    dialog.get_by_label("Address").fill("http://169.254.169.254/latest/meta-data")
    admin.keyboard.press("Enter")
    expect(dialog.get_by_text("This is no public address")).to_be_visible()
    assert violations(admin) == []
    dialog.get_by_label("Address").fill(f"http://127.0.0.1:{platform.receiver_port}/crest")
    admin.keyboard.press("Enter")
    shown = admin.get_by_role("dialog", name="The secret of this webhook")
    secret = shown.get_by_label("Secret", exact=True).input_value()
    assert violations(admin) == []
    admin.keyboard.press("Escape")

    admin.get_by_role("link", name="/crest").click()
    admin.get_by_role("button", name="Send a ping").click()
    expect(admin.get_by_text("503")).to_be_visible(timeout=60_000)
    assert verified(receiver, secret, 0)["type"] == "ping"
    assert violations(admin) == []
    admin.get_by_role("button", name="Look").first.click()
    delivery = admin.get_by_role("dialog", name="Delivery of Ping")
    delivery.get_by_text("What came back").first.click()
    expect(delivery.get_by_text("not yet")).to_be_visible()
    assert violations(admin) == []
    delivery.get_by_role("button", name="Send again").click()
    eventually(lambda: len(receiver.received) > 1, seconds=60, what="it is sent again")
    first, second = (headers["webhook-id"] for headers, _ in receiver.received[:2])
    assert first == second

    token = admin.evaluate("document.cookie.match(/csrftoken=([^;]*)/)[1]")
    asked = admin.request.post(
        "/api/v1/projects/demo/quality/report",
        headers={"X-CSRFToken": token, "Referer": platform.address},
    )
    assert asked.ok, asked.text()
    told = eventually(
        lambda: [
            content
            for number in range(len(receiver.received))
            if (content := verified(receiver, secret, number))["type"] == "report.ended"
        ],
        seconds=120,
        what="the end of the report is told",
    )
    assert told[0]["data"]["state"] == "succeeded"

    admin.get_by_role("button", name="Remove").click()
    admin.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(admin.get_by_role("link", name="/crest")).to_have_count(0)
