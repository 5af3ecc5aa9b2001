"""Every address of the site, and the methods its view answers, as Django's resolver has them."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes() -> set[tuple[str, str]]:
    """Pairs such as `("api/v1/projects", "GET")`."""
    return {
        (route, method)
        for route, view in views(get_resolver(), "")
        for method in METHODS
        if _answers(view, method)
    }


def views(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, object]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from views(entry, route)


def _answers(view: object, method: str) -> bool:
    """A plain function is one of `common.pages`, which are safe; views of classes say it."""
    made_of = getattr(view, "cls", None)
    return method == "GET" if made_of is None else hasattr(made_of, method.lower())
