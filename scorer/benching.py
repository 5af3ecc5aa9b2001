"""How fast a scorer is here: its own way against the naive loop, on a real video and captions.

Both ways score the same captions one after the other, and the median of the paired ratios is told:
on a machine that does other work at the same time single timings mean little. The largest
difference of a logit stands beside it, because speed that changes the answer is no speed.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from scorer import frames
from scorer.digits import DigitReadout
from scorer.frames import Clip
from scorer.likelihood import LikelihoodReadout
from scorer.scorer import Scorer
from scorer.sharing import Mode

OwnReadout = DigitReadout | LikelihoodReadout


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Seconds are of one video with all its captions; medians over the repeats."""

    device: str
    dtype: str
    frames: int
    captions: int
    repeats: int
    mode: Mode
    """How tails share their prefix with this model: see `sharing.check`."""

    decode_s: float
    naive_s: float
    shared_s: float
    ratio: float
    captions_a_second: float
    """With decoding, one video after the other."""

    difference: float
    """The largest of a logit between the two ways."""

    peak_mib: float | None
    """On the GPU; a CPU does not tell."""


def bench(scorer: Scorer, video: Path, captions: Sequence[str], *, repeats: int = 3) -> Bench:
    """Raises `Unreadable`, and ValueError for a scorer whose weights a server holds."""
    readout = scorer.readout
    if not isinstance(readout, DigitReadout | LikelihoodReadout):
        raise ValueError("what a server does cannot be measured here")  # noqa: TRY004 - of what was given
    if repeats < 1:
        raise ValueError(f"cannot take the median of {repeats} repeats")
    clip = frames.sample(video, scorer.card.frames)
    shared = readout.logits(clip, captions)  # finds out the mode, and warms up
    mode = readout.mode or Mode.NAIVE
    naive = _in_mode(readout, clip, captions, Mode.NAIVE)
    rounds = [
        (
            _seconds(lambda: frames.sample(video, scorer.card.frames)),
            _seconds(lambda: _in_mode(readout, clip, captions, Mode.NAIVE)),
            _seconds(lambda: _in_mode(readout, clip, captions, mode)),
        )
        for _ in range(repeats)
    ]
    readout.mode = mode
    decode_s, naive_s, shared_s = (
        statistics.median(column) for column in zip(*rounds, strict=True)
    )
    on_gpu = readout.backbone.device.type == "cuda"
    return Bench(
        device=torch.cuda.get_device_name() if on_gpu else "cpu",
        dtype=str(readout.backbone.model.dtype).removeprefix("torch."),
        frames=scorer.card.frames,
        captions=len(captions),
        repeats=repeats,
        mode=mode,
        decode_s=decode_s,
        naive_s=naive_s,
        shared_s=shared_s,
        ratio=statistics.median(naive / shared for _, naive, shared in rounds),
        captions_a_second=len(captions) / (decode_s + shared_s),
        difference=float((shared - naive).abs().max()),
        peak_mib=torch.cuda.max_memory_allocated() / 2**20 if on_gpu else None,
    )


def _in_mode(readout: OwnReadout, clip: Clip, captions: Sequence[str], mode: Mode) -> torch.Tensor:
    readout.mode = mode
    return readout.logits(clip, captions)


def _seconds(work: Callable[[], object]) -> float:
    """The logits come back to the CPU, so that a GPU is waited for."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
