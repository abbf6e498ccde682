"""Tense of the clause around a word, from tags and auxiliaries."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from onrecord.parsing.annotated import Annotated

Tense = Literal["past", "present", "future"]


def tense_at(annotated: Annotated, offset: int) -> Tense | None:
    """Return the tense of the clause around a code point, or none where no verb tells it."""
    return tense_of(annotated.token_at(offset))


def tense_of(token: Token) -> Tense | None:
    """Return the tense of the finite verb that governs ``token``."""
    for _ in range(12):
        if token.tag_.startswith("V") or token.tag_ == "MD":
            tense = _of_verb(token)
            if tense is not None:
                return tense
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _of_verb(verb: Token) -> Tense | None:
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    words = [c.lower_ for c in auxiliaries]
    if any(word in ("will", "'ll", "’ll", "shall", "wo") for word in words):
        return "future"
    if verb.lower_ in ("going", "set", "due", "scheduled", "expected", "slated", "planned") and any(
        word in ("is", "are", "'s", "’s", "'re", "’re", "am") for word in words
    ):
        return "future"
    if any(c.tag_ == "MD" for c in auxiliaries):
        return None
    if any(word in ("had", "has", "have", "was", "were", "did", "'ve", "’ve") for word in words):
        return "past"
    if any(word in ("is", "are", "am", "'s", "’s", "'re", "’re", "does", "do") for word in words):
        return "present"
    return {"VBD": "past", "VBZ": "present", "VBP": "present"}.get(verb.tag_)  # type: ignore[return-value]
