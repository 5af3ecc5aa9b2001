import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from annotation_site.catalog import media, services, storage
from annotation_site.catalog.models import Caption, Import, Video, VideoName
from tests.catalog.conftest import ffmpeg
from tests.factories import ProjectFactory, UserFactory


@pytest.fixture
def add(project):
    def take_in(path: Path, name: str = "clip.mp4", project=project) -> services.VideoOutcome:
        return services.add_video(project=project, path=path, name=name)

    return take_in


def left_over(data) -> list[Path]:
    return list(data.uploads.iterdir())


class TestAddVideo:
    def test_accepts_a_video(self, add, clip):
        done = add(clip)

        assert (done.outcome, done.name, done.reason) == ("accepted", "clip.mp4", "")
        video = Video.objects.get()
        assert done.video == video
        assert video.sha256 == hashlib.sha256(clip.read_bytes()).hexdigest()
        assert (video.width, video.height, video.fps) == (160, 120, 25)
        assert video.seconds == pytest.approx(2)
        assert video.source_bytes == clip.stat().st_size
        assert [name.name for name in video.names.all()] == ["clip.mp4"]

    def test_keeps_three_files_named_by_the_content_and_nothing_else(self, add, clip, data):
        sha256 = add(clip).video.sha256

        kept = sorted(path.relative_to(data.media) for path in data.media.rglob("*.*"))
        place = Path(sha256[:2], sha256)
        assert kept == [place / "poster.jpg", place / "web.mp4"]
        assert (data.media / place / "source").read_bytes() == clip.read_bytes()
        assert left_over(data) == []

    def test_skips_the_same_content(self, add, clip):
        add(clip)

        again = add(clip)

        assert (again.outcome, again.reason) == ("skipped", "This video is already here.")
        assert Video.objects.count() == VideoName.objects.count() == 1

    def test_remembers_a_second_name(self, add, clip):
        first = add(clip, "first.mp4")

        second = add(clip, "second.mp4")

        assert second.outcome == "skipped"
        assert "already here as first.mp4" in second.reason
        assert second.video == first.video
        assert {row.name for row in first.video.names.all()} == {"first.mp4", "second.mp4"}

    def test_shares_the_files_between_projects(self, add, clip, data, monkeypatch):
        first = add(clip).video
        monkeypatch.setattr(media, "render", None)  # once is enough

        second = add(clip, project=ProjectFactory())

        assert second.outcome == "accepted"
        assert second.video.project != first.project
        assert second.video.seconds == first.seconds
        assert left_over(data) == []

    def test_refuses_with_a_reason_and_leaves_nothing(self, add, tmp_path, data):
        (tmp_path / "notes.mp4").write_text("not a film")

        done = add(tmp_path / "notes.mp4", "notes.mp4")

        assert (done.outcome, done.name, done.video) == ("refused", "notes.mp4", None)
        assert done.reason.startswith("This is not a video")
        assert not Video.objects.exists()
        assert not data.media.exists()
        assert left_over(data) == []

    def test_leaves_nothing_when_the_disk_is_full(self, add, clip, data, monkeypatch):
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(storage, "publish", full)

        with pytest.raises(OSError, match="No space left"):
            add(clip)
        assert not Video.objects.exists()
        assert left_over(data) == []

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "../../etc/passwd",
            "..\\up.mp4",
            "/etc/passwd",
            "a\0b.mp4",
            "a\nb.mp4",
            "x" * 256,
            "left\u202e4pm.mp4",
            "byte\udcff.mp4",
        ],
    )
    def test_refuses_names_that_are_none(self, add, clip, name):
        done = add(clip, name)

        assert done.outcome == "refused"
        assert "printable characters" in done.reason
        assert done.name.isprintable()

    @pytest.mark.parametrize("name", ["..", "...", "%2e%2e%2fx.mp4", "~root", "CON", "ünï 🎬.mp4"])
    def test_never_makes_a_path_of_a_name(self, add, clip, data, name):
        assert add(clip, name).outcome == "accepted"

        assert {path.name for path in data.root.iterdir()} == {"media", "uploads"}
        assert {len(path.name) for path in data.media.iterdir()} == {2}

    @pytest.mark.django_db(transaction=True)
    def test_makes_one_row_of_the_same_upload_at_the_same_time(self, clip, data):
        project = ProjectFactory()

        def upload(number: int) -> str:
            try:
                done = services.add_video(project=project, path=clip, name=f"{number}.mp4")
                return done.outcome
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(upload, range(4)))

        assert sorted(outcomes) == ["accepted", "skipped", "skipped", "skipped"]
        assert VideoName.objects.filter(video=Video.objects.get()).count() == 4
        assert left_over(data) == []


class TestReceiveVideo:
    def test_keeps_a_report(self, project, clip, now):
        by = UserFactory()

        services.receive_video(project=project, path=clip, name="a.mp4", by=by, now=now)

        kept = Import.objects.get()
        assert (kept.project, kept.by, kept.at) == (project, by, now)
        assert kept.report == {
            "files": [{"kind": "video", "name": "a.mp4", "outcome": "accepted", "reason": ""}]
        }

    def test_throws_away_what_a_killed_process_left(self, project, clip, data, now):
        old = data.uploads / "old"
        (old / "files").mkdir(parents=True)

        services.receive_video(
            project=project, path=clip, name="a", by=UserFactory(), now=now + timedelta(days=3650)
        )

        assert left_over(data) == []

    def test_leaves_the_uploads_of_others_alone(self, project, clip, data, now):
        (data.uploads / "other").mkdir(parents=True)

        services.receive_video(project=project, path=clip, name="a", by=UserFactory(), now=now)

        assert left_over(data) == [data.uploads / "other"]


class TestImportDirectory:
    @pytest.fixture
    def directory(self, clip, tmp_path):
        place = tmp_path / "incoming"
        place.mkdir()
        shutil.copyfile(clip, place / "good.mp4")
        shutil.copyfile(clip, place / "twin.mp4")
        (place / "bad.mp4").write_text("no film")
        (place / ".DS_Store").write_text("")
        (place / "folder").mkdir()
        return place

    def run(self, project, directory, now, text):
        captions = directory / "captions.jsonl"
        captions.write_text(text)
        return services.import_directory(
            project=project, videos=directory, captions=captions, by=None, now=now
        )

    def test_says_what_became_of_each_file(self, project, directory, now):
        text = "".join(
            f'{{"video": "{name}.mp4", "source": "m", "caption": "about {name}"}}\n'
            for name in ("good", "bad", "twin")
        )

        report = self.run(project, directory, now, text)

        outcomes = {one.name: one.outcome for one in report.videos}
        assert outcomes == {"bad.mp4": "refused", "good.mp4": "accepted", "twin.mp4": "skipped"}
        captions = report.captions
        assert (captions.outcome, captions.lines, captions.accepted) == ("accepted", 3, 2)
        assert not report.complete
        (skip,) = captions.skips
        assert skip.line == 2
        assert skip.reason.startswith("Its video was refused: This is not a video")
        assert {caption.text for caption in Caption.objects.all()} == {"about good", "about twin"}

    def test_keeps_one_report_of_all(self, project, directory, now):
        self.run(project, directory, now, "{}\n")

        files = Import.objects.get().report["files"]
        assert [(file["kind"], file["outcome"]) for file in files] == [
            ("video", "refused"),
            ("video", "accepted"),
            ("video", "skipped"),
            ("captions", "refused"),
        ]
        assert files[-1]["problems"] == [{"line": 1, "reason": '"video" is missing.'}]

    def test_means_its_own_files_by_their_names(self, project, directory, now, make_clip, add):
        add(make_clip(seconds=1), "good.mp4")
        text = '{"video": "good.mp4", "source": "m", "caption": "which?"}\n'

        self.run(project, directory, now, text)

        assert Caption.objects.get().video.seconds == pytest.approx(2)

    def test_takes_real_clips_with_their_captions(self, project, shared_data, now):
        videos = shared_data / "videos"

        report = services.import_directory(
            project=project, videos=videos, captions=videos / "captions.jsonl", by=None, now=now
        )

        assert report.complete
        assert len(report.videos) == Video.objects.count() == 5
        assert report.captions.accepted == Caption.objects.count() == 15
        edited = Video.objects.get(names__name="K6hGJo9eDqQ-Scene-0167.mp4")
        assert edited.seconds == pytest.approx(4.671, abs=0.01)


def test_every_kind_of_refusal_is_told_as_an_outcome(project, tmp_path):
    ffmpeg("-f", "lavfi", "-i", "sine=duration=1", tmp_path / "tone.m4a")

    done = services.add_video(project=project, path=tmp_path / "tone.m4a", name="tone.m4a")

    assert (done.outcome, done.reason) == ("refused", "There is no moving picture in the file.")
