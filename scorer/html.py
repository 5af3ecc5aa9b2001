"""HTML pages that need no network, in a reader's own choice of light or dark."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: light-dark(#1c1c1e, #ececee);
  --paper: light-dark(#fff, #151517); --line: light-dark(#c9c9ce, #48484d);
  --mark: light-dark(#1f5fbf, #7fb0ff); --soft: light-dark(#5b5b61, #a9a9b0) }
h1, p, blockquote { overflow-wrap: anywhere }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 } .wide { overflow-x: auto }
th, td { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid var(--line) }
th:first-child { text-align: left } small, figcaption { color: var(--soft) }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem }
figure { margin: 0; max-width: 36rem } svg, img { width: 100%; height: auto }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
svg text { fill: var(--soft); font-size: 9px }
.axis { stroke: var(--line); fill: none } .mark { fill: var(--mark) }
.line { stroke: var(--mark); fill: none; stroke-width: 1.5 }
"""


def document(title: str, parts: Iterable[str]) -> str:
    """A whole page: `title` is text, `parts` are HTML."""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width">',
            f"<style>{STYLE}</style>",
            f"<h1>{escape(title)}</h1>",
            *parts,
            "</html>",
        ]
    )


def table(head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Rows by their names, all of it HTML; the first column holds the names."""
    named = "".join(f'<th scope="col">{name}</th>' if name else "<td></td>" for name in head)
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for name, cells in rows
    )
    return (
        f'<div class="wide"><table><thead><tr>{named}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
