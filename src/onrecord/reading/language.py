"""The language an article is written in, as ISO 639-1 (639-3 where that has no code)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 4_000
_ENOUGH = 200
_SURE = 0.5


def language_of(text: str, declared: str | None = None) -> str | None:
    """Return the language of ``text``, or none if it cannot be told.

    The identifier reads the first 4,000 characters. Where they are fewer than 200, or it is unsure,
    what the page says of itself decides (``declared``, as in ``en-GB``).
    """
    stated = _iso(declared)
    sample = text[:_SAMPLE]
    short = len(sample) < _ENOUGH
    if (short and stated) or not any(character.isalpha() for character in sample):
        return stated
    for code, confidence in _identifier().rank(sample):
        # Nigerian Pidgin and its like are told from English only in a longer text.
        if len(code) == 2 or not short:
            return str(code) if confidence >= _SURE else stated
    return stated


def identified(text: str) -> tuple[str, float]:
    """Return the likeliest language of a text and how sure the identifier is of it, 0 to 1."""
    code, confidence = _identifier().classify(text[:_SAMPLE])
    return str(code), float(confidence)


def _iso(declared: str | None) -> str | None:
    code = (declared or "").replace("_", "-").split("-")[0].strip().lower()
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
