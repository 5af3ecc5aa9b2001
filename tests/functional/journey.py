"""What every journey does: sign in, ask the API as the page's person, have axe look."""

from playwright.sync_api import Page, expect

from tests.functional.platform import ROOT, Platform

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def sign_in(page: Page, platform: Platform, role: str) -> None:
    login = platform.logins[role]
    page.goto("/login")
    page.get_by_label("Username").fill(login["username"])
    page.get_by_label("Password", exact=True).fill(login["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def api(page: Page, path: str) -> dict:
    answer = page.request.get(f"/api/v1/projects/demo/{path}")
    assert answer.ok, answer.text()
    return answer.json()


def send(page: Page, path: str, wish: dict) -> dict:
    """POST it, in the page's name."""
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    answer = page.request.post(
        f"/api/v1/projects/demo/{path}",
        data=wish,
        headers={"X-CSRFToken": token, "Referer": page.url},
    )
    assert answer.ok, answer.text()
    return answer.json()


def violations(page: Page) -> list[str]:
    """What axe objects to on the page as it is now."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")
    return [
        f"{violation['id']}: {node['html']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
