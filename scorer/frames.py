"""Frames of a video at the times they are shown, uniformly spread from the first to the last.

Frames are chosen by timestamp, never by index: an edit list hides coded frames and a variable rate
stretches them, so that the frame with a given number may be shown elsewhere or not at all.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.stream import VideoStream

Pixels = npt.NDArray[np.uint8]


class Unreadable(Exception):
    """The video has no picture that can be decoded."""


@dataclass(frozen=True, slots=True)
class Clip:
    """The sampled frames: `pixels` is (frames, height, width, RGB), `times` are seconds."""

    pixels: Pixels
    times: tuple[float, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Shown:
    """The presentation times of the frames that a player shows, in ticks, in order."""

    times: tuple[int, ...]
    keys: tuple[int, ...]
    end: int

    def uniform(self, count: int) -> list[int]:
        """The frames on screen at `count` evenly spread moments, first and last included."""
        first, last = self.times[0], self.times[-1]
        steps = max(count - 1, 1)
        moments = [first + (last - first) * i // steps for i in range(count)]
        if count == 1:
            moments = [(first + last) // 2]
        return [self.times[bisect_right(self.times, moment) - 1] for moment in moments]

    def key_before(self, time: int) -> int:
        """The key frame from which decoding reaches the frame at `time`."""
        return self.keys[max(bisect_right(self.keys, time) - 1, 0)]


def sample(path: Path, count: int) -> Clip:
    """`count` frames of the video, or raise `Unreadable`.

    A video with fewer frames gives some of them more than once, so that a model always gets the
    number it was trained with.
    """
    if count < 1:
        raise ValueError(f"cannot sample {count} frames")
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            shown = _shown(container, stream)
            wanted = shown.uniform(count)
            decoded = dict(_decode(container, stream, shown, wanted))
    except (av.FFmpegError, OSError, IndexError) as error:
        raise Unreadable(f"{path.name}: {error}") from error
    if missing := set(wanted) - decoded.keys():
        raise Unreadable(f"{path.name}: {len(missing)} of {count} frames cannot be decoded")
    tick = stream.time_base or Fraction(1, 1)
    return Clip(
        pixels=np.stack([decoded[time] for time in wanted]),
        times=tuple(float((time - shown.times[0]) * tick) for time in wanted),
        seconds=float((shown.end - shown.times[0]) * tick),
    )


def _shown(container: InputContainer, stream: VideoStream) -> Shown:
    """Read the packets without decoding them. Discarded ones lie outside the edit list."""
    times, keys, end = [], [], 0
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        if packet.is_keyframe:
            keys.append(packet.pts)  # also a hidden one: frames that are shown may lean on it
        if not packet.is_discard:
            times.append(packet.pts)
            end = max(end, packet.pts + (packet.duration or 0))
    if not times or not keys:
        raise Unreadable("no frame has a time")
    return Shown(tuple(sorted(times)), tuple(sorted(keys)), end)


def _decode(
    container: InputContainer, stream: VideoStream, shown: Shown, wanted: Sequence[int]
) -> Iterator[tuple[int, Pixels]]:
    """Decode forward, and jump only where a key frame lies between here and the next frame."""
    position: int | None = None
    frames: Iterator[av.VideoFrame] = iter(())
    for time in sorted(set(wanted)):
        key = shown.key_before(time)
        if position is None or key > position:
            container.seek(key, stream=stream, backward=True)
            frames = container.decode(stream)
        for frame in frames:
            if frame.pts is None or frame.pts < time:
                continue
            position = frame.pts
            if frame.pts == time:
                yield time, np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
            break
