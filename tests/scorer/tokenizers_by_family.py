"""A small tokenizer of every family that models write with, and of the ways they treat a space."""

from collections.abc import Callable

from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
)

BLOCK = "\N{LOWER ONE EIGHTH BLOCK}"
DIGITS = tuple("0123456789")
LETTERS = tuple(sorted({chr(code) for code in range(33, 127)} | {"\n", BLOCK}))


def byte_level(*, merges: bool = False, spaced: bool = False) -> Tokenizer:
    """As GPT-2, Qwen and SmolLM write: a byte a symbol, and a space belongs to what follows it."""
    symbols = sorted(pre_tokenizers.ByteLevel.alphabet())
    melted = [("\u0120", digit) for digit in DIGITS] if merges else []
    words = [*symbols, *("".join(pair) for pair in melted)]
    tokenizer = Tokenizer(models.BPE({word: n for n, word in enumerate(words)}, melted))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=spaced)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def byte_level_apart() -> Tokenizer:
    """As Llama 3 and Qwen write: digits are cut off one by one before any byte is merged."""
    tokenizer = byte_level(merges=True)
    alone = pre_tokenizers.Split(Regex(r"\d"), "isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [alone, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    return tokenizer


def byte_level_merged() -> Tokenizer:
    """As GPT-2 writes: " 5" is one token."""
    return byte_level(merges=True)


def byte_level_spaced() -> Tokenizer:
    """As BART and RoBERTa may write: a space is put ahead of every text."""
    return byte_level(spaced=True)


def sentence_piece(*, prepend: str = "always", merges: bool = False) -> Tokenizer:
    """As Llama 2 and Vicuna write: a space is a symbol, and one is put ahead of every text."""
    melted = [(BLOCK, digit) for digit in DIGITS] if merges else []
    words = [*LETTERS, *("".join(pair) for pair in melted)]
    tokenizer = Tokenizer(models.BPE({word: n for n, word in enumerate(words)}, melted))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=prepend, split=False)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme=prepend, split=False)
    return tokenizer


def sentence_piece_legacy() -> Tokenizer:
    """The same by a normalizer, as older files have it."""
    tokenizer = sentence_piece()
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend(BLOCK), normalizers.Replace(" ", BLOCK)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"$^"), "isolated")
    return tokenizer


def sentence_piece_bare() -> Tokenizer:
    """As newer Llamas and Gemma write: nothing is put ahead of a text."""
    return sentence_piece(prepend="never")


def sentence_piece_merged() -> Tokenizer:
    """With the leading space in the token of a digit."""
    return sentence_piece(merges=True)


def unigram(*, melted: bool = False) -> Tokenizer:
    """As T5 and XGLM write: the likeliest pieces of a text."""
    pieces = [("<unk>", 0.0), *((letter, -5.0) for letter in LETTERS)]
    if melted:
        pieces += [(f"{BLOCK}{digit}", -6.0) for digit in DIGITS]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="first", split=False)
    return tokenizer


def unigram_melted() -> Tokenizer:
    return unigram(melted=True)


def word_piece() -> Tokenizer:
    """As BERT writes: words, and pieces within them."""
    words = ["[UNK]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    tokenizer = Tokenizer(
        models.WordPiece({word: n for n, word in enumerate(words)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def words() -> Tokenizer:
    """As the miniature writes."""
    known = ["<unk>", "Answer", "ASSISTANT", "assistant", ":", *DIGITS]
    tokenizer = Tokenizer(
        models.WordLevel({word: n for n, word in enumerate(known)}, unk_token="<unk>")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens([AddedToken("<turn>", special=True)])
    return tokenizer


FAMILIES: dict[str, Callable[[], Tokenizer]] = {
    build.__name__: build
    for build in (
        byte_level,
        byte_level_apart,
        byte_level_merged,
        byte_level_spaced,
        sentence_piece,
        sentence_piece_bare,
        sentence_piece_legacy,
        sentence_piece_merged,
        unigram,
        unigram_melted,
        word_piece,
        words,
    )
}
