"""The addresses of all pages, as the page's own router has them: none can be forgotten."""

import re
from collections.abc import Iterator
from typing import Final

from tests.functional.platform import ROOT

SOURCES: Final = ROOT / "frontend" / "src"
TABBED: Final = {
    "/p/:slug/quality/*?": ("pages/quality/QualityPage.tsx", "TABS"),
    "/p/:slug/settings/*?": ("pages/settings/SettingsPage.tsx", "SECTIONS"),
}
"""Addresses with pages below them: where the list of those stands, and what it is called."""
BESIDE_THE_TABS: Final = ("/p/:slug/quality/annotators/:annotator",)
"""What a tabbed page finds by a pattern of its own."""
MOVED: Final = ("/p/:slug/quality/protocol",)
"""Where something was once: it leads on."""


def routes() -> list[str]:
    """Every page's address, with `:names` for what is looked up."""
    source = (SOURCES / "app" / "App.tsx").read_text()
    named: list[str] = re.findall(r'<Route path="(/[^"]*)"', source)
    found = [page for route in named for page in _pages_of(route)]
    assert set(TABBED) <= set(named), "an address of tabs is not in the router"
    return [page for page in [*found, *BESIDE_THE_TABS] if page not in MOVED]


def _pages_of(route: str) -> Iterator[str]:
    if not route.endswith("*?"):
        yield route
        return
    file, name = TABBED[route]
    listed = re.search(rf"const {name} = \{{(.*?)\n\}}", (SOURCES / file).read_text(), re.DOTALL)
    assert listed, f"{file} has no {name}"
    for tab in re.findall(r"^  '?([\w-]*)'?:", listed[1], re.MULTILINE):
        yield route.removesuffix("/*?") + (tab and f"/{tab}")
