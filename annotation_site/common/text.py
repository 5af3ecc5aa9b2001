"""Which text is text: what UTF-8 can write and Postgres can hold."""

import re
import unicodedata

_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Tell whether it is free of NUL and of half surrogate pairs, which JSON alone can write."""
    return _NO_CHARACTER.search(text) is None


def one_line(text: str) -> str:
    """The text as a name can be: no line breaks, no control characters, single spaces."""
    printed = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join("".join(printed).split())
