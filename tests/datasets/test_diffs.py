"""Two snapshots side by side: what was added, what went, what changed, who moved."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.accounts.models import Role
from annotation_site.datasets import diffs, services
from annotation_site.datasets.filters import Filters
from annotation_site.datasets.reading import Sealed
from annotation_site.datasets.splits import SplitRule
from scorer import manifest
from tests.datasets.judging import judge
from tests.datasets.test_freezing import frozen, rejudge
from tests.factories import CaptionFactory, VideoFactory

NOTHING = {"added": 0, "removed": 0, "changed": 0}


@pytest.fixture
def client(member, client_for):
    return client_for(member(Role.ADMIN))


def counts(before, after):
    return diffs.counts(Sealed(before.directory), Sealed(after.directory))


def test_counts_what_came_and_what_was_thought_better(project, now, snapshot):
    first = project.items.filter(purpose="rate").first()
    rejudge(first.slots.first(), at=now, level=3)
    judge(project, now=now)

    after = services.freeze(project=project, by=None, now=now)

    assert counts(snapshot, after) == {
        "videos": {**NOTHING, "added": 1},
        "captions": {**NOTHING, "added": 1},
        "judgments": {**NOTHING, "added": 5, "changed": 5},
        "moves": [],
    }
    assert counts(after, snapshot)["judgments"] == {"added": 0, "removed": 5, "changed": 5}
    assert counts(after, after)["judgments"] == NOTHING


def test_tells_which_videos_moved(project, now, snapshot):
    after = frozen(project, now, rule=SplitRule(test=0))

    found = counts(snapshot, after)

    assert found["videos"] == {**NOTHING, "changed": 1}
    assert found["moves"] == [{"before": "test", "after": "train", "videos": 1}]


def test_another_name_is_no_move(project, now, snapshot):
    snapshot_video = project.videos.get(sha256__startswith="00000001")
    snapshot_video.names.create(name="named later.mp4")

    found = counts(snapshot, services.freeze(project=project, by=None, now=now))

    assert (found["videos"]["changed"], found["moves"]) == (1, [])


def test_is_told_over_http(client, project, now, snapshot):
    after = frozen(project, now, filters=Filters(dimensions=("camera",)))
    url = f"/api/v1/projects/{project.slug}/snapshots/{after.pk}/diff/{snapshot.pk}"

    assert client.get(url).json()["judgments"] == {"added": 0, "removed": 20, "changed": 0}
    listed = [json.loads(line) for line in client.get(f"{url}.jsonl").getvalue().splitlines()]
    assert len(listed) == 20
    assert {(one["of"], one["change"], one["after"]) for one in listed} == {
        ("judgments", "removed", None)
    }
    assert "camera" not in {one["before"]["dimension"] for one in listed}
    for missing in (f"{url}0", f"{url}0.jsonl"):
        assert client.get(missing).status_code == 404


rows = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(8, 11), st.sampled_from(["camera", "object"])),
    st.integers(0, 2),
)


@given(before=rows, after=rows)
def test_is_what_comparing_two_dictionaries_tells(tmp_path_factory, before, after):
    directory = tmp_path_factory.mktemp("diff")

    def write(name, given):
        lines = [
            manifest.canonical(
                {"caption": c, "annotator": f"a{a}", "dimension": d, "level": given[c, a, d]}
            )
            for c, a, d in sorted(given)
        ]
        path = directory / name
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    pairs = diffs._paired(write("b", before), write("a", after), diffs.judgment_key)  # noqa: SLF001
    found = {
        diffs.judgment_key(was or now): (was and was["level"], now and now["level"])
        for was, now in pairs
    }

    keys = before.keys() | after.keys()
    assert found == {
        key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    }


def test_captions_that_are_left_out_are_removed(project, now, snapshot):
    first = project.videos.get(sha256__startswith="00000050").captions.earliest("pk")
    others = [one.name for one in project.captioners.exclude(pk=first.captioner_id)]

    after = frozen(project, now, filters=Filters(captioners=tuple(others)))

    assert counts(snapshot, after)["captions"] == {**NOTHING, "removed": 1}


def test_captions_and_videos_have_keys_of_their_own(project, now, snapshot):
    for _ in range(3):
        CaptionFactory(video=VideoFactory(project=project))

    found = counts(snapshot, services.freeze(project=project, by=None, now=now))

    assert found["captions"] == found["videos"] == {**NOTHING, "added": 3}
