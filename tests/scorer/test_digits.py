"""The level is read exactly where the digit is trained, for every kind of tokenizer."""

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from scorer import losses, sharing
from scorer.backbone import Backbone
from scorer.digits import DigitReadout, DigitsNotApart, answer
from scorer.frames import Clip
from scorer.rubric import Dimension
from tests.scorer.fixtures import TinyModel
from tests.scorer.test_sharing import clip
from tests.scorer.tokenizers_by_family import BLOCK, FAMILIES

__all__ = ["clip"]

CLOSINGS = ("Answer:", "Answer: ", "ASSISTANT:", "assistant\n", "assistant\n\n", ": ")


def ids(tokenizer: Tokenizer, text: str) -> list[int]:
    found: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
    return found


def bpe(words: list[str], merges: list[tuple[str, str]]) -> Tokenizer:
    return Tokenizer(models.BPE({word: n for n, word in enumerate(words)}, merges))


class TestAnswer:
    @pytest.mark.parametrize("closing", CLOSINGS)
    @pytest.mark.parametrize("family", sorted(FAMILIES))
    def test_what_leads_there_and_a_digit_are_the_whole_text(
        self, family: str, closing: str
    ) -> None:
        """Read where it is trained: the tokens of the text, cut behind the last but one."""
        tokenizer = FAMILIES[family]()
        found = answer(lambda text: ids(tokenizer, text), closing)
        for level, token in enumerate(found.digits):
            assert [*found.lead, token] == ids(tokenizer, f"{closing}{level}")
            assert tokenizer.id_to_token(token).endswith(str(level))

    @pytest.mark.parametrize("family", sorted(FAMILIES))
    def test_another_digit_changes_nothing_before_it(self, family: str) -> None:
        tokenizer = FAMILIES[family]()
        found = answer(lambda text: ids(tokenizer, text), "Answer: ")
        assert found.lead
        assert len(set(found.digits)) == 6

    @pytest.mark.parametrize(
        ("family", "closing", "token"),
        [
            ("byte_level", "Answer: ", "5"),
            ("byte_level_apart", "Answer: ", "5"),
            ("byte_level_merged", "Answer: ", "\u01205"),
            ("sentence_piece", "Answer: ", "5"),
            ("sentence_piece_merged", "Answer: ", f"{BLOCK}5"),
            ("sentence_piece_merged", "Answer:", "5"),
            ("unigram_melted", "Answer: ", f"{BLOCK}5"),
            ("word_piece", "Answer", "##5"),
            ("word_piece", "Answer ", "5"),
        ],
    )
    def test_a_space_may_be_part_of_the_digit(self, family: str, closing: str, token: str) -> None:
        tokenizer = FAMILIES[family]()
        found = answer(lambda text: ids(tokenizer, text), closing)
        assert tokenizer.id_to_token(found.digits[5]) == token

    def test_refuses_a_digit_that_melts_into_the_text(self) -> None:
        tokenizer = bpe([*"Answer:012345", ":5"], [(":", "5")])
        with pytest.raises(DigitsNotApart):
            answer(lambda text: ids(tokenizer, text), "Answer:")

    def test_refuses_digits_that_the_tokenizer_does_not_know(self) -> None:
        tokenizer = Tokenizer(models.WordLevel({"<unk>": 0, "0": 1, ":": 2}, unk_token="<unk>"))
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        with pytest.raises(DigitsNotApart):
            answer(lambda text: ids(tokenizer, text), ":")

    def test_refuses_a_digit_of_several_tokens(self) -> None:
        def doubled(text: str) -> list[int]:
            return [number for letter in text for number in (ord(letter), 0)]

        with pytest.raises(DigitsNotApart):
            answer(doubled, ":")


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
