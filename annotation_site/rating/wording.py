"""The words of a rubric. Dimensions and scale are the library's; how they are put may vary."""

from collections.abc import Mapping
from typing import Any, Final

from scorer import rubric

LANGUAGES: Final = ("en", "de")
MAIN_LANGUAGE: Final = "en"

Texts = Mapping[str, Any]
"""By language: `guideline`, `questions` by dimension, `levels` by value. The main one is there."""

LIBRARY: Final[Texts] = {
    MAIN_LANGUAGE: {
        "guideline": "",
        "questions": {
            question.dimension.value: {
                "title": question.title,
                "text": question.text,
                "examples": [],
            }
            for question in rubric.QUESTIONS
        },
        "levels": {
            str(level.value): {"phrase": level.phrase, "sentence": level.sentence}
            for level in rubric.LEVELS
        },
    }
}


def shown(texts: Texts, *, version: int, language: str) -> dict[str, Any]:
    """The rubric as it is asked: in the language, or the main one where it has no words."""
    spoken = language if language in texts else MAIN_LANGUAGE
    words = texts[spoken]
    return {
        "version": version,
        "language": spoken,
        "guideline": words["guideline"],
        "questions": [
            {
                "dimension": question.dimension.value,
                "letter": question.letter,
                **words["questions"][question.dimension.value],
            }
            for question in rubric.QUESTIONS
        ],
        "levels": [
            {"value": level.value, **words["levels"][str(level.value)]} for level in rubric.LEVELS
        ],
    }
