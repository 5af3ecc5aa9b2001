"""Runs side by side."""

from crest.comparing import Line, compared


def run(number, *, snapshot="a", parents=(), config=None, result=None):
    return {
        "id": number,
        "kind": "score",
        "snapshot": {"id": 1, "digest": snapshot},
        "parents": [{"id": parent, "kind": "scorer", "state": "succeeded"} for parent in parents],
        "config": config or {},
        "result": result or {},
    }


def test_what_differs_comes_first_in_each_part():
    one = run(1, parents=[7], config={"batch": 8, "seed": 0}, result={"captions": 3})
    other = run(2, parents=[9], config={"batch": 8, "seed": 1}, result={"captions": 3})
    assert compared([one, other]) == [
        Line("input", "scorer", (7, 9)),
        Line("input", "snapshot", ("a", "a")),
        Line("option", "seed", (0, 1)),
        Line("option", "batch", (8, 8)),
        Line("figure", "captions", (3, 3)),
    ]


def test_an_interval_is_one_figure_and_a_list_is_none():
    srcc = {"value": 0.5, "low": 0.4, "high": 0.6, "reason": None}
    found = compared([run(1, result={"report": {"srcc": srcc}, "curve": [1, 2]}), run(2)])
    assert found == [
        Line("input", "snapshot", ("a", "a")),
        Line("figure", "report.srcc", (srcc, None)),
    ]
