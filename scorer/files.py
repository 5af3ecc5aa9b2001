"""Files of videos with captions, and the file of their scores, which grows line by line.

In: the reference code's JSON, `[{"video": name, "captions": [text, ...]}, ...]`, or the same
objects as JSON Lines. Out: JSON Lines, an object a video. Each process writes a part, and the parts
are put together at the end; a video that stands in any of them is not scored again, so that a
killed command goes on where it was; a line that was cut goes. From that file the reference code's
own output can be made: a JSON file a video, with whole levels.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from scorer.levels import most_likely
from scorer.many import Asked, Scored
from scorer.rubric import Dimension

REFERENCE_NAMES: Final = {dimension: dimension.value for dimension in Dimension} | {
    Dimension.FEATURE: "static_attribute"
}


class BadFile(ValueError):
    """A file of captions is not as it should be; the message says where."""


def read(path: Path, media: Path) -> Iterator[Asked]:
    """The videos below `media`, with their captions. Raises `BadFile`, naming the entry."""
    for place, entry in enumerate(_entries(path), start=1):
        match entry:
            case {"video": str(name), "captions": str(caption)}:
                yield media / name, [caption]
            case {"video": str(name), "captions": [*captions]} if all(
                isinstance(text, str) for text in captions
            ):
                yield media / name, captions
            case _:
                raise BadFile(f'{path}, entry {place}: not {{"video": name, "captions": [text]}}')


def name(path: Path, media: Path) -> str:
    """A video as the output calls it: below `media`, or its path where it lies elsewhere."""
    return (path.relative_to(media) if path.is_relative_to(media) else path).as_posix()


def _entries(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as file:
        try:
            if path.suffix == ".json":
                whole = json.load(file)
                if not isinstance(whole, list):
                    raise BadFile(f"{path} holds no list")
                yield from whole
                return
            for number, line in enumerate(file, start=1):
                place = f", line {number}"
                yield json.loads(line)
        except json.JSONDecodeError as error:
            where = "" if path.suffix == ".json" else place
            raise BadFile(f"{path}{where}: {error}") from error


def done(path: Path) -> set[str]:
    """The videos that the output holds in whole lines."""
    return {json.loads(line)["video"] for line in _whole_lines(path)}


def mend(path: Path) -> None:
    """Remove a line that was cut in the middle. Only whoever writes the file may do so."""
    if path.exists():
        with path.open("r+b") as file:
            file.truncate(sum(map(len, _whole_lines(path))))


def _whole_lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from (line for line in file if line.endswith(b"\n"))


def part(path: Path, rank: int) -> Path:
    """What one of several processes writes of an output."""
    return path.with_name(f"{path.name}.part-{rank}")


def parts(path: Path) -> list[Path]:
    """What any number of processes have left of an output, by now or when they were killed."""
    return sorted(path.parent.glob(f"{path.name}.part-*"))


def gather(path: Path) -> None:
    """Put the parts into the output, each video once, and remove them. A kill loses nothing."""
    known: set[str] = set()
    whole = path.with_name(f"{path.name}.whole")
    with whole.open("wb") as file:
        for source in (path, *parts(path)):
            for line in _whole_lines(source):
                video = json.loads(line)["video"]
                if video not in known:
                    known.add(video)
                    file.write(line)
    whole.replace(path)
    for source in parts(path):
        source.unlink()


def write(scored: Iterable[Scored], media: Path, file: IO[str]) -> dict[str, int]:
    """Append a line for each video as it comes; how many were scored, and how many failed."""
    counts = {"videos": 0, "captions": 0, "failed": 0}
    for one in scored:
        file.write(json.dumps(_line(one, media), ensure_ascii=False) + "\n")
        file.flush()
        counts["failed" if one.failure else "videos"] += 1
        counts["captions"] += len(one.scores)
    return counts


def _line(one: Scored, media: Path) -> dict[str, Any]:
    about = {"video": name(one.video, media)}
    if one.failure:
        return about | {"failure": one.failure}
    told = zip(one.captions, one.scores, strict=True)
    return about | {"captions": [{"caption": text} | score.as_json() for text, score in told]}


def write_reference(scores: Path, directory: Path) -> None:
    """A file of scores as the reference code writes it: `{video's name}.json` for each video.

    Levels are whole, the likeliest of six, and zeros are in the average. A video that could not be
    read has no file, where the reference scores black frames. ValueError where two have one name.
    """
    directory.mkdir(parents=True, exist_ok=True)
    seen: dict[str, str] = {}
    with scores.open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if "failure" in line:
                continue
            stem = Path(line["video"]).stem
            if stem in seen:
                raise ValueError(f"{seen[stem]} and {line['video']} would both be {stem}.json")
            seen[stem] = line["video"]
            text = json.dumps(_as_reference(line), indent=4, ensure_ascii=False)
            (directory / f"{stem}.json").write_text(text, encoding="utf-8")


def _as_reference(line: Mapping[str, Any]) -> dict[str, Any]:
    told = line["captions"]
    levels: dict[str, list[Any]] = {
        theirs: [most_likely(one["probabilities"][ours]) for one in told]
        for ours, theirs in REFERENCE_NAMES.items()
    }
    levels["average"] = [one["mean_paper"] for one in told]
    return {
        "video": line["video"],
        "captions": [one["caption"] for one in told],
        "scores": levels,
    }
