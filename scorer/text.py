"""Which text is text: what UTF-8 can write and Postgres can hold."""

import re

_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Tell whether it is free of NUL and of half surrogate pairs, which JSON alone can write."""
    return _NO_CHARACTER.search(text) is None


def storable(text: str) -> str:
    """The text without them."""
    return _NO_CHARACTER.sub("", text)
