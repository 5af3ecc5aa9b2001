import json
import random
import shutil
import subprocess
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from annotation_site.catalog import media
from tests.catalog.conftest import SMALL, ffmpeg

WITH_TONE = ("-f", "lavfi", "-i", "sine=duration=6")


@pytest.fixture
def put(tmp_path):
    """`put(file)` is a fresh directory with a copy of it as the source."""

    def copy(file: Path) -> Path:
        directory = tmp_path / f"put-{len(list(tmp_path.iterdir()))}"
        directory.mkdir()
        shutil.copyfile(file, directory / media.SOURCE)
        return directory

    return copy


def look(file: Path, entries: str, *more: str) -> list[dict[str, str]]:
    """What ffprobe says of each frame or stream of the picture."""
    asked = ["-v", "error", "-select_streams", "v:0", *more, "-show_entries", entries]
    said = subprocess.check_output([media.ffprobe_program(), *asked, "-of", "json", file])
    return next(iter(value for value in json.loads(said).values() if value))


class TestRenderRealClips:
    @pytest.fixture(
        params=[
            (
                "K6hGJo9eDqQ-Scene-0167.mp4",
                4.671,
            ),  # 247 coded frames, of which an edit list shows 140
            ("LiDOwZESWu4-Scene-0028.mp4", 13.113),
            ("sample_demo_1.mp4", 9.72),
            ("sample_demo_3.mp4", 6.089),
            ("sample_demo_9.mp4", 9.134),
        ],
        ids=lambda param: param[0],
    )
    def real(self, request, shared_data, put):
        name, seconds = request.param
        return put(shared_data / "videos" / name), seconds

    def test_shows_what_the_file_shows_at_a_constant_rate(self, real):
        directory, seconds = real

        rendition = media.render(directory)

        assert rendition.seconds == pytest.approx(seconds, abs=0.01)
        frames = look(directory / media.RENDITION, "frame=pts_time")
        times = [float(frame["pts_time"]) for frame in frames]
        assert len(times) == round(seconds * rendition.fps)
        steps = {round(after - before, 3) for before, after in pairwise(times)}
        assert steps <= {round(float(1 / rendition.fps), 3) + d for d in (-0.001, 0, 0.001)}


class TestRender:
    def test_plays_in_every_browser(self, clip, put):
        directory = put(clip)

        media.render(directory)

        (stream,) = look(directory / media.RENDITION, "stream=codec_name,pix_fmt")
        assert stream == {"codec_name": "h264", "pix_fmt": "yuv420p"}

    def test_starts_before_it_is_loaded(self, clip, put):
        directory = put(clip)

        media.render(directory)

        content = (directory / media.RENDITION).read_bytes()
        assert 0 < content.index(b"moov") < content.index(b"mdat")

    def test_has_a_key_frame_each_second(self, make_clip, put):
        directory = put(make_clip(seconds=4))

        media.render(directory)

        frames = look(directory / media.RENDITION, "frame=key_frame")
        keys = [number for number, frame in enumerate(frames) if frame["key_frame"]]
        assert keys == [0, 25, 50, 75]

    @pytest.mark.parametrize(
        ("size", "shown"),
        [
            ("160x120", (160, 120)),
            ("1920x1080", (1280, 720)),
            ("1080x1920", (720, 1280)),
            ("161x121", (160, 120)),
            ("3840x400", (1920, 200)),
        ],
    )
    def test_is_at_most_720p_and_even(self, make_clip, put, size, shown):
        odd = (*SMALL[:4], "-pix_fmt", "yuv444p")
        clip = make_clip(size=size, seconds=0.4, coding=odd)

        rendition = media.render(put(clip))

        assert (rendition.width, rendition.height) == shown

    def test_is_upright(self, clip, put, tmp_path):
        turned = tmp_path / "turned.mp4"
        ffmpeg("-display_rotation", "90", "-i", clip, "-c", "copy", turned)

        rendition = media.render(put(turned))

        assert (rendition.width, rendition.height) == (120, 160)

    def test_has_square_pixels(self, make_clip, put):
        anamorphic = make_clip(more=("-vf", "setsar=2"))

        rendition = media.render(put(anamorphic))

        assert (rendition.width, rendition.height) == (320, 120)

    def test_is_steady_where_the_source_is_not(self, make_clip, put):
        uneven = ("-vf", "select=lt(n\\,10)+not(mod(n\\,5))", "-fps_mode", "vfr")
        directory = put(make_clip(seconds=4, more=uneven))

        rendition = media.render(directory)

        times = [float(f["pts_time"]) for f in look(directory / media.RENDITION, "frame=pts_time")]
        steps = [after - before for before, after in pairwise(times)]
        assert rendition.seconds == pytest.approx(4, abs=0.25)
        assert max(steps) - min(steps) < 0.001

    def test_slows_a_high_speed_camera_down_to_what_a_screen_shows(self, make_clip, put):
        assert media.render(put(make_clip(fps="120"))).fps == Fraction(60)

    def test_ends_with_the_picture(self, make_clip, put):
        longer_sound = make_clip(more=WITH_TONE)
        directory = put(longer_sound)

        rendition = media.render(directory)

        assert rendition.sound
        assert rendition.seconds == pytest.approx(2, abs=0.05)
        (container,) = [look(directory / media.RENDITION, "format=duration")]
        assert float(container["duration"]) == pytest.approx(2, abs=0.1)

    def test_leaves_out_what_the_camera_wrote_about_its_owner(self, make_clip, put):
        talkative = make_clip(more=("-metadata", "title=Erika Mustermann", "-map_chapters", "-1"))
        assert b"Mustermann" in talkative.read_bytes()
        directory = put(talkative)

        media.render(directory)

        assert b"Mustermann" not in (directory / media.RENDITION).read_bytes()

    def test_makes_a_poster(self, clip, put):
        directory = put(clip)

        media.render(directory)

        (picture,) = look(directory / media.POSTER, "stream=codec_name,width,height")
        assert picture == {"codec_name": "mjpeg", "width": 160, "height": 120}

    @pytest.mark.parametrize("name", ["clip.mkv", "clip.mov", "clip.avi", "clip.ts"])
    def test_reads_other_containers(self, make_clip, put, name):
        rendition = media.render(put(make_clip(name)))

        assert rendition.seconds == pytest.approx(2, abs=0.1)

    def test_reads_webm(self, make_clip, put):
        vp9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")

        rendition = media.render(put(make_clip("clip.webm", coding=vp9)))

        assert rendition.seconds == pytest.approx(2, abs=0.1)


PLAYLIST = """#EXTM3U
#EXT-X-TARGETDURATION:2
#EXTINF:2.0,
{}
#EXT-X-ENDLIST
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script></svg>'
)


class TestRefusals:
    """Nothing here may be shown, and every reason is one that a person understands."""

    @pytest.fixture
    def write(self, clip, tmp_path):
        """A directory with the text as the source, and a good video beside it."""

        def lay(content: str) -> Path:
            directory = tmp_path / "hostile"
            directory.mkdir()
            shutil.copyfile(clip, directory / "neighbour.mp4")
            (directory / media.SOURCE).write_text(content.format(directory / "neighbour.mp4"))
            return directory

        return lay

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(PLAYLIST.format("neighbour.mp4"), id="HLS to a neighbour"),
            pytest.param(PLAYLIST.format("file://{}"), id="HLS to a file anywhere"),
            pytest.param(PLAYLIST.format("http://127.0.0.1:9/x.ts"), id="HLS to a host"),
            pytest.param("ffconcat version 1.0\nfile neighbour.mp4\n", id="concat"),
            pytest.param("ffconcat version 1.0\nfile {}\n", id="concat to a file anywhere"),
            pytest.param(SVG, id="SVG"),
            pytest.param("A dog runs over the lawn.\n" * 50, id="text"),
            pytest.param(
                '<?xml version="1.0"?><MPD><BaseURL>neighbour.mp4</BaseURL></MPD>', id="DASH"
            ),
        ],
    )
    def test_refuses_what_is_no_video(self, write, content):
        with pytest.raises(media.NotAVideo, match="MP4, MOV, Matroska, WebM, AVI or MPEG-TS"):
            media.render(write(content))

    def test_would_follow_that_concat_script_without_the_list_of_containers(self, write):
        """Or the test above would prove nothing."""
        directory = write("ffconcat version 1.0\nfile neighbour.mp4\n")

        assert look(directory / media.SOURCE, "stream=width") == [{"width": 160}]

    def test_refuses_an_empty_file(self, write):
        with pytest.raises(media.EmptyFile):
            media.render(write(""))

    def test_refuses_a_file_that_is_too_large(self, write):
        directory = write("x")
        with (directory / media.SOURCE).open("r+b") as file:
            file.truncate(media.MAX_BYTES + 1)  # sparse

        with pytest.raises(media.TooLarge):
            media.render(directory)

    def test_refuses_a_file_that_was_cut_off(self, make_clip, put):
        whole = make_clip(seconds=4, more=("-movflags", "+faststart"))
        directory = put(whole)
        with (directory / media.SOURCE).open("r+b") as file:
            file.truncate(whole.stat().st_size * 6 // 10)

        with pytest.raises(media.Incomplete, match=r"lasts 4\.0 s, and 2\.\d s of it"):
            media.render(directory)

    def test_refuses_a_file_that_lost_its_index(self, clip, put):
        directory = put(clip)
        with (directory / media.SOURCE).open("r+b") as file:
            file.truncate(clip.stat().st_size // 2)

        with pytest.raises(media.NotAVideo):
            media.render(directory)

    def test_refuses_sound_alone(self, put, tmp_path):
        ffmpeg(*WITH_TONE, tmp_path / "tone.m4a")

        with pytest.raises(media.NoPicture):
            media.render(put(tmp_path / "tone.m4a"))

    @pytest.mark.parametrize("size", ["8192x2048", "14x200"])
    def test_refuses_odd_sizes(self, make_clip, put, size):
        lossless = ("-c:v", "png", "-compression_level", "1")
        huge = make_clip("clip.mov", size=size, seconds=0.04, coding=lossless)

        with pytest.raises(media.WrongSize, match=f"The picture is {size}"):
            media.render(put(huge))

    def test_refuses_what_lasts_too_long(self, make_clip, put):
        long = make_clip(size="16x16", seconds=media.MAX_SECONDS + 2, fps="1")

        with pytest.raises(media.WrongDuration, match="lasts 602 s; up to 600 s"):
            media.render(put(long))

    def test_refuses_an_impossible_frame_rate(self, make_clip, put):
        with pytest.raises(media.WrongFrameRate, match=r"300\.00"):
            media.render(put(make_clip(size="16x16", seconds=0.5, fps="300")))

    def test_refuses_too_many_streams(self, clip, put, tmp_path):
        many = tmp_path / "many.mkv"
        ffmpeg("-i", clip, *["-map", "0"] * (media.MAX_STREAMS + 1), "-c", "copy", many)

        with pytest.raises(media.VideoRefused):
            media.render(put(many))

    def test_survives_any_damage(self, make_clip, put):
        """Whatever is broken in a file, it is shown or refused in words."""
        content = make_clip(size="32x32", seconds=0.4).read_bytes()
        chance = random.Random(20260901)  # noqa: S311 - damage, not secrets
        seen = set()
        for _ in range(40):
            damaged = bytearray(content)
            for place in chance.choices(range(len(damaged)), k=chance.choice([1, 4, 64])):
                damaged[place] ^= 1 << chance.randrange(8)
            directory = put(make_clip())
            (directory / media.SOURCE).write_bytes(damaged)
            try:
                media.render(directory)
                seen.add("shown")
            except media.VideoRefused as refusal:
                seen.add(refusal.code)

        assert {"shown", "not-a-video"} <= seen
