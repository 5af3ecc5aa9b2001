"""Which text is text: what UTF-8 can write and Postgres can hold."""

import re
import unicodedata

_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Tell whether it is free of NUL and of half surrogate pairs, which JSON alone can write."""
    return _NO_CHARACTER.search(text) is None


def one_line(text: str) -> str:
    """The text as a name can be: no line breaks, no control characters, single spaces."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) != "Cc")
