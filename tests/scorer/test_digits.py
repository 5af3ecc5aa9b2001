"""The level is read exactly where the digit is trained, for every kind of tokenizer."""

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

from scorer import losses, sharing
from scorer.backbone import Backbone
from scorer.digits import DigitReadout, DigitsNotApart, digit_tokens
from scorer.frames import Clip
from scorer.rubric import Dimension
from tests.scorer.fixtures import TinyModel
from tests.scorer.test_sharing import clip

__all__ = ["clip"]

LETTERS = sorted({*"Answer:ASSITNT\n 012345", "\N{LOWER ONE EIGHTH BLOCK}"})


def byte_level() -> Tokenizer:
    """As GPT, Qwen and SmolLM write: "5" and " 5" are different, every byte has a symbol."""
    symbols = pre_tokenizers.ByteLevel.alphabet()
    tokenizer = Tokenizer(models.BPE({symbol: n for n, symbol in enumerate(symbols)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def sentence_piece() -> Tokenizer:
    """As Llama writes: a space is a symbol, and one is put ahead of every text."""
    block = "\N{LOWER ONE EIGHTH BLOCK}"
    tokenizer = Tokenizer(models.BPE({letter: n for n, letter in enumerate(LETTERS)}, []))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend(block), normalizers.Replace(" ", block)]
    )
    return tokenizer


def words() -> Tokenizer:
    """As the miniature writes."""
    vocabulary = {word: n for n, word in enumerate(["Answer", ":", *"012345"])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


def merging() -> Tokenizer:
    """A tokenizer that has ":5" as one token: what must be refused."""
    vocabulary = {letter: n for n, letter in enumerate([*LETTERS, ":5"])}
    return Tokenizer(models.BPE(vocabulary, [(":", "5")]))


def ids(tokenizer: Tokenizer, text: str) -> list[int]:
    found: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
    return found


class TestDigitTokens:
    @pytest.mark.parametrize("build", [byte_level, sentence_piece, words])
    @pytest.mark.parametrize("closing", ["Answer:", "Answer: "])
    def test_each_digit_is_what_it_adds_to_the_text(self, build: object, closing: str) -> None:
        tokenizer = build()  # type: ignore[operator]
        found = digit_tokens(lambda text: ids(tokenizer, text), closing)
        assert [tokenizer.id_to_token(token) for token in found] == list("012345")

    def test_refuses_a_digit_that_melts_into_the_text(self) -> None:
        with pytest.raises(DigitsNotApart):
            digit_tokens(lambda text: ids(merging(), text), "Answer:")


@pytest.fixture(scope="module")
def readout(tiny_model: TinyModel) -> DigitReadout:
    return DigitReadout.over(Backbone.load(str(tiny_model("llava_onevision")), None), 4)


CAPTIONS = ["A red ball.", "A dog sleeps on a mat."]


class TestDigitReadout:
    def test_reads_the_next_token_behind_the_whole_text(
        self, readout: DigitReadout, clip: Clip
    ) -> None:
        """The same sentence as one text through the processor, the loop written out by hand."""
        found = readout.logits(clip, CAPTIONS)
        turn, backbone = readout.turn, readout.backbone
        text = f"{turn.opening}Caption: {CAPTIONS[1]}\nLevel of action?{turn.closing}"
        inputs = backbone.processor(
            text=[text],
            videos=[clip.pixels],
            videos_kwargs={"do_sample_frames": False},
            return_tensors="pt",
        )
        with torch.no_grad():
            last = backbone.model(**inputs).logits[0, -1]
        wanted = last[backbone.tokenizer.convert_tokens_to_ids(list("012345"))]
        assert torch.allclose(found[1, list(Dimension).index(Dimension.ACTION)], wanted, atol=1e-4)

    def test_training_reads_where_scoring_reads(self, readout: DigitReadout, clip: Clip) -> None:
        votes = torch.zeros(2, 5, 6)
        votes[:, :, 4] = 1
        prefix = readout.backbone.see(clip, readout.turn)
        with torch.no_grad():
            trained = readout.loss(prefix, CAPTIONS, votes)
        scored = losses.soft_label(readout.logits(clip, CAPTIONS), votes)
        assert float(trained) == pytest.approx(float(scored), abs=1e-4)

    def test_a_caption_scores_the_same_in_any_company(
        self, readout: DigitReadout, clip: Clip
    ) -> None:
        alone = readout.logits(clip, CAPTIONS[1:])
        assert torch.allclose(readout.logits(clip, CAPTIONS)[1:], alone, atol=1e-4)
        assert readout.mode is sharing.Mode.TREE
