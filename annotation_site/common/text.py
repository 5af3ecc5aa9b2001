"""Which text is text: what UTF-8 can write and Postgres can hold."""


def is_storable(text: str) -> bool:
    """Tell whether it is free of NUL and of half surrogate pairs, which JSON alone can write."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)
