"""Frames by the time at which they are shown, held against what ffmpeg shows."""

import contextlib
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorer import frames
from scorer.frames import Shown, Unreadable
from tests.scorer.fixtures import MakeClip

EDITED = "K6hGJo9eDqQ-Scene-0167.mp4"


def shown_by_ffmpeg(path: Path, height: int, width: int) -> frames.Pixels:
    """Every frame that a player shows, decoded in order."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", "-i", str(path)]
    command += ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)


def times_by_ffmpeg(path: Path) -> list[float]:
    """When a player shows each frame, in seconds from the first."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-i", str(path), "-copyts"]
    command += ["-map", "0:v:0", "-fps_mode", "passthrough", "-vf", "showinfo", "-f", "null", "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    times = [float(time) for time in re.findall(r"pts_time:(\S+)", told)]
    return [time - times[0] for time in times]


FILM = "testsrc2=s=64x48:d=2:r=10"
H264 = ("-pix_fmt", "yuv420p", "-g", "7")
FILMED: dict[str, tuple[str, tuple[str, ...]]] = {
    "b-frames.mp4": (FILM, (*H264, "-bf", "3")),
    "open-gop.mp4": (FILM, (*H264, "-bf", "3", "-x264-params", "open-gop=1:keyint=7")),
    "b-frames.mkv": (FILM, (*H264, "-bf", "3")),
    "b-frames.avi": (FILM, ("-c:v", "mpeg4", "-bf", "2", "-g", "7")),
    "transport.ts": (FILM, (*H264, "-bf", "3")),
    "later.mp4": (FILM, (*H264, "-output_ts_offset", "3.7")),
    "odd.mp4": ("testsrc2=s=63x47:d=1:r=10", ("-pix_fmt", "yuv444p")),
    "ten-bits.mp4": (
        FILM,
        ("-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=1"),
    ),
    "bt709.mp4": (
        FILM,
        (*H264, "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
    ),
    "full-range.mp4": (FILM, ("-pix_fmt", "yuvj420p", "-color_range", "pc")),
    "alpha.mov": (
        FILM + ",format=rgba,colorchannelmixer=aa=0.5",
        ("-c:v", "qtrle", "-pix_fmt", "argb"),
    ),
    "alpha.webm": (FILM + ",format=yuva420p", ("-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p")),
    "animated.gif": (FILM, ()),
    "one.mp4": (FILM, (*H264, "-frames:v", "1")),
}


@pytest.fixture
def filmed(make_clip: MakeClip, tmp_path: Path) -> Callable[[str], Path]:
    def film(name: str) -> Path:
        source, options = FILMED[name]
        return make_clip(tmp_path / name, source, *options)

    return film


def remade(path: Path, name: str, *before: str, after: Sequence[str] = ("-c", "copy")) -> Path:
    """The same footage in another file; `before` and `after` are ffmpeg's options."""
    made = path.with_name(name)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", *before]
    subprocess.run([*command, "-i", str(path), *after, str(made)], check=True)
    return made


def difference(one: frames.Pixels, other: frames.Pixels) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


@pytest.fixture
def whole(filmed: Callable[[str], Path]) -> bytes:
    return filmed("b-frames.mp4").read_bytes()


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    return tmp_path / "damaged.mp4"


class TestSample:
    def test_finds_every_frame_of_a_clip_as_ffmpeg_does(
        self, make_clip: MakeClip, tmp_path: Path
    ) -> None:
        path = make_clip(
            tmp_path / "a.mp4", "testsrc=s=64x48:d=2:r=10", "-g", "5", "-pix_fmt", "yuv420p"
        )
        clip = frames.sample(path, 20)
        expected = shown_by_ffmpeg(path, 48, 64)
        assert clip.pixels.shape == expected.shape
        assert difference(clip.pixels, expected) < 1
        assert clip.times == pytest.approx([i / 10 for i in range(20)])
        assert clip.seconds == pytest.approx(2.0)

    def test_starts_at_the_first_frame_and_ends_at_the_last(
        self, make_clip: MakeClip, tmp_path: Path
    ) -> None:
        path = make_clip(tmp_path / "a.mp4", "testsrc=s=64x48:d=3:r=10", "-pix_fmt", "yuv420p")
        clip = frames.sample(path, 4)
        expected = shown_by_ffmpeg(path, 48, 64)
        assert clip.times == pytest.approx([0.0, 0.9, 1.9, 2.9])
        assert difference(clip.pixels, expected[[0, 9, 19, 29]]) < 1

    @pytest.mark.parametrize("count", [1, 4])
    def test_a_clip_of_one_frame_gives_it_as_often_as_asked(
        self, make_clip: MakeClip, tmp_path: Path, count: int
    ) -> None:
        path = make_clip(
            tmp_path / "a.mp4", "testsrc=s=64x48:r=10", "-frames:v", "1", "-pix_fmt", "yuv420p"
        )
        clip = frames.sample(path, count)
        assert clip.pixels.shape == (count, 48, 64, 3)
        assert set(clip.times) == {0.0}

    def test_frames_of_uneven_length_are_spread_over_time_not_over_their_numbers(
        self, make_clip: MakeClip, tmp_path: Path
    ) -> None:
        # Ten frames in the first second, then one that stays for nine.
        path = make_clip(
            tmp_path / "a.mp4",
            "testsrc=s=64x48:d=1.2:r=10",
            *("-vf", "setpts='if(lt(N,11),N*0.1,10)/TB'", "-fps_mode", "vfr"),
            *("-pix_fmt", "yuv420p", "-video_track_timescale", "1000"),
        )
        assert frames.sample(path, 3).times == pytest.approx([0.0, 1.0, 10.0], abs=0.01)

    def test_an_edit_list_hides_frames(self, shared_videos: Path) -> None:
        path = shared_videos / EDITED
        expected = shown_by_ffmpeg(path, 720, 1280)
        clip = frames.sample(path, 5)
        with av.open(str(path)) as container:
            coded = sum(1 for packet in container.demux(video=0) if packet.size)
        assert coded == 247
        assert len(expected) < coded
        last = len(expected) - 1
        assert clip.times[-1] == pytest.approx(clip.seconds, abs=0.05)
        assert difference(clip.pixels[0], expected[0]) < 2
        assert difference(clip.pixels[-1], expected[last]) < 2

    @pytest.mark.parametrize("name", FILMED)
    def test_every_kind_of_file_gives_what_ffmpeg_shows(
        self, filmed: Callable[[str], Path], name: str
    ) -> None:
        path = filmed(name)
        self.same_as_ffmpeg(path)

    @pytest.mark.parametrize(
        "turned",
        [
            ("-display_rotation", "90"),
            ("-display_rotation", "180"),
            ("-display_rotation", "270"),
            ("-display_hflip",),
            ("-display_vflip",),
            ("-display_rotation", "90", "-display_hflip"),
            ("-display_rotation", "270", "-display_vflip"),
        ],
        ids=" ".join,
    )
    def test_is_turned_as_a_player_turns_it(
        self, filmed: Callable[[str], Path], turned: tuple[str, ...]
    ) -> None:
        self.same_as_ffmpeg(remade(filmed("b-frames.mp4"), "turned.mp4", *turned))

    def test_a_change_of_size_on_the_way_is_scaled_to_the_first(
        self, make_clip: MakeClip, tmp_path: Path
    ) -> None:
        small = make_clip(tmp_path / "a.ts", FILM, *H264)
        large = make_clip(tmp_path / "b.ts", "testsrc2=s=128x96:d=2:r=10", *H264)
        both = tmp_path / "both.ts"
        both.write_bytes(small.read_bytes() + large.read_bytes())
        clip = frames.sample(both, 8)
        assert clip.pixels.shape == (8, 48, 64, 3)
        assert difference(clip.pixels[-1], shown_by_ffmpeg(large, 96, 128)[-1][::2, ::2]) < 20

    def test_a_cover_is_not_the_film(self, filmed: Callable[[str], Path], tmp_path: Path) -> None:
        film, cover = filmed("b-frames.mp4"), tmp_path / "cover.png"
        remade(film, "cover.png", after=("-vf", "negate", "-frames:v", "1"))
        covered = remade(film, "covered.mp4", "-i", str(cover), after=("-map", "0:v", "-map", "1:v",
            "-c", "copy", "-disposition:v:0", "attached_pic"))  # fmt: skip
        assert difference(frames.sample(covered, 4).pixels, frames.sample(film, 4).pixels) < 1

    def test_sound_that_is_longer_changes_nothing(
        self, filmed: Callable[[str], Path], make_clip: MakeClip, tmp_path: Path
    ) -> None:
        film, sound = filmed("b-frames.mp4"), make_clip(tmp_path / "a.m4a", "sine=d=5")
        loud = remade(
            film, "loud.mp4", "-i", str(sound), after=("-map", "1:v", "-map", "0:a", "-c", "copy")
        )
        assert frames.sample(loud, 5).times == frames.sample(film, 5).times

    @pytest.mark.parametrize("count", [1, 2, 8, 32])
    def test_real_clips_give_what_ffmpeg_shows(self, shared_videos: Path, count: int) -> None:
        for path in sorted(shared_videos.glob("*.mp4")):
            self.same_as_ffmpeg(path, count)

    def same_as_ffmpeg(self, path: Path, count: int = 8) -> None:
        """Times and pixels are those of frames that ffmpeg shows, spread as they are promised."""
        clip = frames.sample(path, count)
        times = times_by_ffmpeg(path)
        shown = shown_by_ffmpeg(path, *clip.pixels.shape[1:3])
        places = [int(np.argmin(np.abs(np.array(times) - time))) for time in clip.times]
        assert clip.times == pytest.approx([times[place] for place in places], abs=2e-3)
        if count > 1:
            assert (places[0], places[-1]) == (0, len(times) - 1)
            even = np.linspace(0, times[-1], count)
            # A moment between two ticks may fall on either side of a frame's beginning.
            for time, moment in zip(clip.times, even, strict=True):
                early, late = (
                    max(t for t in times if t <= max(m, 0)) for m in (moment - 2e-3, moment + 2e-3)
                )
                assert early - 1e-3 <= time <= late + 1e-3
        for picture, place in zip(clip.pixels, places, strict=True):
            assert difference(picture, shown[place]) < 0.01, place

    @given(st.data())
    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_a_damaged_file_is_refused_or_read(
        self, damaged: Path, whole: bytes, data: st.DataObject
    ) -> None:
        bytes_ = bytearray(whole)
        for _ in range(data.draw(st.integers(1, 4))):
            bytes_[data.draw(st.integers(0, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
        damaged.write_bytes(bytes_[: data.draw(st.integers(0, len(bytes_)))])
        with contextlib.suppress(Unreadable):
            assert frames.sample(damaged, 4).pixels.shape[0] == 4

    @pytest.mark.parametrize("content", [b"", b"not a video", b"\0" * 4096])
    def test_refuses_what_is_not_a_video(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "a.mp4"
        path.write_bytes(content)
        with pytest.raises(Unreadable, match=r"a\.mp4"):
            frames.sample(path, 4)

    def test_refuses_a_file_that_is_absent(self, tmp_path: Path) -> None:
        with pytest.raises(Unreadable):
            frames.sample(tmp_path / "a.mp4", 4)

    def test_refuses_a_file_without_a_picture(self, make_clip: MakeClip, tmp_path: Path) -> None:
        path = make_clip(tmp_path / "a.m4a", "sine=d=1")
        with pytest.raises(Unreadable):
            frames.sample(path, 4)

    def test_refuses_a_truncated_file(self, make_clip: MakeClip, tmp_path: Path) -> None:
        path = make_clip(
            tmp_path / "a.mp4",
            "testsrc=s=64x48:d=2:r=10",
            *("-g", "5", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
        )
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(Unreadable):
            frames.sample(path, 8)


class TestUniform:
    @given(
        st.lists(st.integers(0, 10_000), min_size=1, max_size=50, unique=True),
        st.integers(1, 40),
    )
    def test_gives_shown_frames_in_order_with_both_ends(self, times: list[int], count: int) -> None:
        shown = Shown(tuple(sorted(times)), (0,), 0)
        wanted = shown.uniform(count)
        assert len(wanted) == count
        assert wanted == sorted(wanted)
        assert set(wanted) <= set(times)
        if count > 1:
            assert (wanted[0], wanted[-1]) == (min(times), max(times))
