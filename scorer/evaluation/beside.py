"""What stands beside a report: baselines, what more ratings bring, early stopping, degraded twins.

Each part of a training's result may be missing: then nothing is said of it.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from scorer import html
from scorer.evaluation import pictures
from scorer.evaluation.words import BASELINES, JSON, NAMES, ONE_VIDEO, plain, text

FIGURES: Final = ("srcc", "mae", "pairs", "regret")
OF_TWINS: Final = ("sensitivity", "specificity", "located")
NO_TWINS: Final = (
    "None could be tested: only captions that the rules understand, or twins given by hand, can be."
)


def beside(result: JSON) -> Iterable[str]:
    """HTML of all that there is."""
    if result.get("baselines"):
        yield from _baselines(result)
    if result.get("curve"):
        yield from _curve(result["curve"])
    if result.get("looks"):
        yield from _looks(result["looks"])
    if "twins" in result:
        yield from _twins(result["twins"])


def baseline_rows(result: JSON) -> list[tuple[str, list[str]]]:
    """The scorer and each baseline, by their SRCC, error, pairs and regret."""
    report = result["report"]
    both = report["average"] | {name: report["overall"][name] for name in ("pairs", "regret")}
    scorer = {name: both[name]["value"] for name in FIGURES}
    known = [(BASELINES[name][0], of) for name, of in result["baselines"].items()]
    return [
        (name, [plain(of.get(figure)) for figure in FIGURES])
        for name, of in [("The scorer", scorer), *known]
    ]


def twin_rows(twins: JSON) -> list[tuple[str, list[str]]]:
    """Each dimension that was made wrong, how often, and what the scorer made of it."""
    found = [
        (name.capitalize(), twins["counts"][name], of) for name, of in twins["dimensions"].items()
    ]
    return [
        (name, [str(count), *(text(of[figure]) for figure in OF_TWINS)])
        for name, count, of in [*found, ("All", twins["twins"], twins["overall"])]
        if count
    ]


def _baselines(result: JSON) -> Iterable[str]:
    yield "<h2>Beside it</h2>"
    yield "<p>What a scorer must beat on the same captions.</p>"
    yield html.table(["", *(NAMES[name] for name in FIGURES)], baseline_rows(result))
    known = [BASELINES[name] for name in result["baselines"]]
    yield "<ul>" + "".join(f"<li><b>{name}</b>: {means}.</li>" for name, means in known) + "</ul>"


def _curve(curve: Sequence[JSON]) -> Iterable[str]:
    yield "<h2>What more ratings would bring</h2>"
    yield "<p>The same training on the first eighth, quarter and half of the videos.</p>"
    # Of a handful of videos an eighth and a quarter are the same.
    once = list({point["judgments"]: point for point in curve}.values())
    points = {point["judgments"]: point["srcc"] for point in once if point["srcc"] is not None}
    if len(points) > 1:
        said = "SRCC by the number of judgments, on a logarithmic axis"
        drawn = pictures.line(sorted(points.items()), logarithmic=True)
        yield pictures.figure(said, drawn, pictures.WIDE)
    yield html.table(
        ["Judgments", "Captions", "Videos", *(NAMES[name] for name in FIGURES)],
        (
            (
                str(point["judgments"]),
                [str(point["captions"]), str(point["videos"])]
                + [plain(point[name]) for name in FIGURES],
            )
            for point in once
        ),
    )


def _looks(looks: Sequence[JSON]) -> Iterable[str]:
    best = min(looks, key=lambda look: look["held_out"])
    yield "<h2>Looks at held-out videos</h2>"
    yield (
        f"<p>The weights of step {best['step']} were kept: there the loss on videos that teach"
        f" nothing was lowest, {best['held_out']:.3f}.</p>"
    )
    if len(looks) > 1:
        drawn = pictures.line([(look["step"], look["held_out"]) for look in looks])
        yield pictures.figure("Loss on held-out videos by the step", drawn, pictures.WIDE)
    rows = ((str(look["step"]), [plain(look["loss"]), plain(look["held_out"])]) for look in looks)
    yield html.table(["Step", "Loss of its batch", "Loss on held-out videos"], rows)


def _twins(twins: JSON) -> Iterable[str]:
    yield "<h2>Degraded twins</h2>"
    if not twins["twins"]:
        yield f"<p>{NO_TWINS}</p>"
        return
    alone = f" {ONE_VIDEO}" if twins["overall"]["sensitivity"]["reason"] == "one-video" else ""
    yield f"<p>{twins_note(twins)}{alone}</p>"
    yield html.table(["Made wrong", "Twins", *map(str.capitalize, OF_TWINS)], twin_rows(twins))


def twins_note(twins: JSON) -> str:
    return (
        "A twin is a good caption of which one dimension was made wrong. Sensitivity: how often"
        f" that one fell by {twins['fall']:g} levels; specificity: how often another one did not"
        " move by as much; located: how often none fell further."
    )
