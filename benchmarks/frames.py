"""Claim: the right frames need not be slow.

    python -m benchmarks.frames [--videos DIRECTORY] [--frames 8] [--repeats 5]

Takes the same number of frames, spread over a clip, in four ways: ours; PyAV decoding all of it;
an ffmpeg process that decodes all of it and keeps the wanted ones; and decord, as the reference
code does it, where it is installed. Clips are the real ones and one of a minute that is made here.
All ways take turns, and what is printed is the median of the ratios to ours: above 1 is slower.

`wrong` is how many of the frames are not those that ffmpeg shows at those times.
"""

import argparse
import importlib
import importlib.util
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np

from scorer import frames
from scorer.frames import Pixels
from tests.scorer.test_frames import shown_by_ffmpeg, times_by_ffmpeg

SHARED = Path(os.environ.get("CREST_SHARED_DATA", "../shared/data"))
LONG = "testsrc2=s=1280x720:d=60:r=30"
Way = Callable[[Path, int], Pixels]


def ours(path: Path, count: int) -> Pixels:
    return frames.sample(path, count).pixels


def pyav_all(path: Path, count: int) -> Pixels:
    """Decode everything, then choose by number."""
    with av.open(str(path)) as container:
        decoded = list(container.decode(video=0))
    wanted = np.linspace(0, len(decoded) - 1, count).astype(int)
    return np.stack([decoded[place].to_ndarray(format="rgb24") for place in wanted])


def ffmpeg_process(path: Path, count: int) -> Pixels:
    """A process a clip that decodes everything; it must first be told how long the clip is."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        total, height, width = stream.frames, stream.height, stream.width
    wanted = "+".join(f"eq(n,{i})" for i in np.linspace(0, total - 1, count).astype(int))
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", "-i", str(path)]
    command += ["-vf", f"select='{wanted}'", "-fps_mode", "passthrough"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)


def decord_batch(path: Path, count: int) -> Pixels:
    """As the reference code: by number, and never the last one."""
    decord = importlib.import_module("decord")  # only where somebody installed it

    reader = decord.VideoReader(str(path), ctx=decord.cpu(0), num_threads=1)
    wanted = np.linspace(0, len(reader) - 2, count).astype(int)
    pixels: Pixels = reader.get_batch(wanted.tolist()).asnumpy()
    return pixels


def ways() -> dict[str, Way]:
    known: dict[str, Way] = {
        "ours": ours,
        "PyAV, all": pyav_all,
        "ffmpeg process": ffmpeg_process,
    }
    if importlib.util.find_spec("decord"):
        known["decord"] = decord_batch
    else:
        print("decord: not installed")
    return known


def wrong(pixels: Pixels, truth: Sequence[Pixels]) -> int:
    """How many pictures are not the one that is shown then, at more than rounding's distance."""
    missing = len(truth) - len(pixels)
    apart = (
        np.abs(one.astype(int) - other.astype(int)).mean()
        for one, other in zip(pixels, truth, strict=False)
    )
    return missing + sum(1 for distance in apart if distance > 2)


def truth_of(path: Path, count: int) -> list[Pixels]:
    height, width = frames.sample(path, 1).pixels.shape[1:3]
    shown, times = shown_by_ffmpeg(path, height, width), np.array(times_by_ffmpeg(path))
    even = np.linspace(0, times[-1], count)
    return [shown[np.searchsorted(times, moment + 2e-3, side="right") - 1] for moment in even]


def seconds(way: Way, path: Path, count: int) -> float:
    begun = time.perf_counter()
    way(path, count)
    return time.perf_counter() - begun


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--videos", type=Path, default=SHARED / "videos")
    parser.add_argument("--frames", type=int, default=8)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args(arguments)
    known = ways()
    print("| clip | ours, s |", " | ".join(f"{name} | wrong" for name in known), "|")
    print("|---|---|" + "---|---|" * len(known))
    with tempfile.TemporaryDirectory() as place:
        long = Path(place) / "a minute, 720p.mp4"
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", "-f", "lavfi"]
        options = ("-pix_fmt", "yuv420p", "-g", "60", str(long))
        subprocess.run([*command, "-i", LONG, *options], check=True)
        for path in [*sorted(given.videos.glob("*.mp4")), long]:
            taken = [
                {name: seconds(way, path, given.frames) for name, way in known.items()}
                for _ in range(given.repeats)
            ]
            truth = truth_of(path, given.frames) if path != long else None
            cells = [
                f"{statistics.median(one[name] / one['ours'] for one in taken):.1f} | "
                + ("" if truth is None else str(wrong(way(path, given.frames), truth)))
                for name, way in known.items()
            ]
            middle = statistics.median(one["ours"] for one in taken)
            print(f"| {path.stem} | {middle:.2f} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main()
