"""Goes through videos a batch at a time and writes down what a captioner says of them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scorer import manifest
from scorer.text import is_storable
from training import asking, captioning
from training.asking import CaptionKind
from training.journal import Journal, Workspace
from training.kept import Kept, Line
from training.speakers import Question, Refused, Speaker

Videos = Sequence[str]


@dataclass(frozen=True, slots=True)
class Scribe:
    work: Workspace
    speaker: Speaker
    kinds: Sequence[CaptionKind]
    batch: int
    """Videos at once. What a kill costs at most."""

    key: Mapping[str, Any]
    """All that the words depend on beside the videos."""

    def lines(self, videos: Videos, journal: Journal) -> Iterator[Line]:
        """A line for each caption, and one with a `reason` for each that there is not."""
        kept = Kept(self.work.scratch / "captions" / _digest(self.key)[:16])
        for start in range(0, len(videos), self.batch):
            batch = videos[start : start + self.batch]
            name = _digest(list(batch))
            yield from kept.read(name) or kept.write(name, self._describe(batch))
            journal.progress(start + len(batch), len(videos), "captioning")

    def _describe(self, batch: Videos) -> Iterator[Line]:
        seen, failed = captioning.clips(batch, self.work.video, self.speaker.frames)
        yield from map(asdict, failed)
        places: list[Line] = []
        questions = []
        for video, clip in seen.items():
            for kind in self.kinds:
                asked = self.speaker.prompt(asking.draw(kind, video))
                questions.append(Question(clip, asked))
                told = {"prompt": asked.name, "prompt_text": asked.text}
                places.append({"video": video, "kind": kind, **told})
        for line, said in zip(places, self.speaker.answer(questions), strict=True):
            if isinstance(said, Refused):
                yield {"video": line["video"], "reason": f"{line['kind']}: {said.reason}"}
            elif not said:
                yield {"video": line["video"], "reason": f"{line['kind']}: nothing was said"}
            elif not is_storable(said):
                reason = f"{line['kind']}: what was said has characters that are none"
                yield {"video": line["video"], "reason": reason}
            else:
                yield {**line, "text": said}


def _digest(value: Any) -> str:
    return hashlib.sha256(manifest.canonical(value).encode()).hexdigest()
