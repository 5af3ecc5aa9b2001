"""Frames by the time at which they are shown, held against what ffmpeg shows."""

import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import given
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


def difference(one: frames.Pixels, other: frames.Pixels) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


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
