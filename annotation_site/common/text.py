"""Text as a person reads it."""

import unicodedata


def one_line(text: str) -> str:
    """The text as a name can be: no line breaks, no control characters, single spaces."""
    printed = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join("".join(printed).split())
