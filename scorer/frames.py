"""Frames of a video at the times they are shown, uniformly spread from the first to the last.

Frames are chosen by timestamp, never by index: an edit list hides coded frames and a variable rate
stretches them, so that the frame with a given number may be shown elsewhere or not at all. They are
turned as a player turns them, and all of the size of the first.
"""

import contextlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.filter import Graph
from av.video.stream import VideoStream

Pixels = npt.NDArray[np.uint8]


class Unreadable(Exception):
    """The video has no picture that can be decoded."""


class _NothingShown(Exception):
    """The file can be opened, and has no frame."""


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
        with av.open(str(path)) as container, av.open(str(path)) as scout:
            stream = _footage(container)
            shown = _shown(container, stream)
            wanted = shown.uniform(count)
            decoded = _by_jumping(container, scout, shown, wanted)
            # Here, for what a closed container says of its streams is whatever lies there now.
            tick = stream.time_base or Fraction(1, 1)
        if decoded.keys() != set(wanted):
            # Some containers land elsewhere than where they were asked to.
            decoded = _in_order(path, set(wanted))
    except (av.FFmpegError, OSError, ValueError, _NothingShown) as error:
        raise Unreadable(f"{path.name}: {error}") from error
    if missing := set(wanted) - decoded.keys():
        raise Unreadable(f"{path.name}: {len(missing)} of {count} frames cannot be decoded")
    return Clip(
        pixels=np.stack([decoded[time] for time in wanted]),
        times=tuple(float((time - shown.times[0]) * tick) for time in wanted),
        seconds=float((shown.end - shown.times[0]) * tick),
    )


def _footage(container: InputContainer) -> VideoStream:
    """The stream that a player shows: not the cover that some files carry beside it."""
    stream = container.streams.best("video")
    if not isinstance(stream, VideoStream):
        raise _NothingShown("no stream has a picture")
    return stream


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
        raise _NothingShown("no frame has a time")
    return Shown(tuple(sorted(times)), tuple(sorted(keys)), end)


def _by_jumping(
    container: InputContainer, scout: InputContainer, shown: Shown, wanted: Sequence[int]
) -> dict[int, Pixels]:
    """Decode forward, and jump only where a key frame lies between here and the next frame.

    `scout` is the same file: behind an edit list a jump may land where decoding began. Frames that
    cannot be decoded are not there.
    """
    stream = _footage(container)
    upright, found = _Upright(), {}
    position: int | None = None
    frames: Iterator[av.VideoFrame] = iter(())
    with contextlib.suppress(av.InvalidDataError):
        for time in sorted(set(wanted)):
            key = shown.key_before(time)
            if position is None or (key > position and _landing(scout, key) > position):
                container.seek(key, stream=stream, backward=True)
                frames = container.decode(stream)
            for frame in frames:
                if frame.pts is None or frame.pts < time:
                    continue
                position = frame.pts
                if frame.pts == time:
                    found[time] = upright(frame)
                break
    return found


def _landing(scout: InputContainer, key: int) -> int:
    """Where a jump to a key frame really leads."""
    stream = _footage(scout)
    scout.seek(key, stream=stream, backward=True)
    return next((packet.pts for packet in scout.demux(stream) if packet.pts is not None), key)


def _in_order(path: Path, wanted: set[int]) -> dict[int, Pixels]:
    """Decode everything from the start, over broken packets as players do."""
    upright, found = _Upright(), {}
    with av.open(str(path)) as container:
        for packet in container.demux(_footage(container)):
            with contextlib.suppress(av.InvalidDataError):
                for frame in packet.decode():
                    if frame.pts in wanted:
                        found[frame.pts] = upright(frame)
    return found


class _Upright:
    """Pictures in the size of the first, as a player turns them.

    Converted by ffmpeg's own filters, so that colours are those that ffmpeg shows: its scaler alone
    places the colours of ten bits elsewhere.
    """

    def __init__(self) -> None:
        self._size: tuple[int, int] | None = None
        self._kind: tuple[int, int, str] | None = None
        self._graph = Graph()

    def __call__(self, frame: av.VideoFrame) -> Pixels:
        self._size = self._size or (frame.width, frame.height)
        kind = (frame.width, frame.height, frame.format.name)
        if kind != self._kind:
            self._kind, self._graph = kind, _converting(frame, self._size)
        self._graph.push(frame)
        converted = self._graph.pull()
        if not isinstance(converted, av.VideoFrame):
            raise _NothingShown("no picture came out")
        picture = np.asarray(converted.to_ndarray(), dtype=np.uint8)
        matrix: Any = frame.side_data.get("DISPLAYMATRIX")
        return np.ascontiguousarray(_turned(picture, matrix))


def _converting(frame: av.VideoFrame, size: tuple[int, int]) -> Graph:
    graph = Graph()
    source = graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=frame.time_base or Fraction(1, 1),
    )
    graph.link_nodes(
        source,
        graph.add("scale", f"{size[0]}:{size[1]}"),
        graph.add("format", "rgb24"),
        graph.add("buffersink"),
    ).configure()
    return graph


def _turned(picture: Pixels, matrix: Any) -> Pixels:
    """By a display matrix, in quarter turns and mirrorings: (x, y) goes to (ax + cy, bx + dy)."""
    if matrix is None:
        return picture
    a, b, _, c, d, *_ = np.frombuffer(matrix, np.int32)
    if abs(a) < abs(b):
        picture, to_right, down = picture.swapaxes(0, 1), c, b
    else:
        to_right, down = a, d
    return picture[:: -1 if down < 0 else 1, :: -1 if to_right < 0 else 1]
