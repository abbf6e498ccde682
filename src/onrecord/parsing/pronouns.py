"""Pronouns as mentions: which words are pronouns, with their gender and number."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parsing.annotated import ActorMention, Annotated, Gender, Number
from onrecord.parsing.syntax import lemma
from onrecord.record import Span

PRONOUNS: dict[str, tuple[Gender, Number]] = {
    "he": ("m", "singular"), "him": ("m", "singular"), "his": ("m", "singular"),
    "himself": ("m", "singular"), "she": ("f", "singular"), "her": ("f", "singular"),
    "hers": ("f", "singular"), "herself": ("f", "singular"), "they": ("", "plural"),
    "them": ("", "plural"), "their": ("", "plural"), "themselves": ("", "plural"),
    "it": ("n", "singular"), "its": ("n", "singular"),
}  # fmt: skip
_IDLE = frozenset(("seem", "appear", "happen", "matter", "rain", "snow", "take"))


def pronoun_mentions(annotated: Annotated) -> Iterator[ActorMention]:
    """Yield the pronouns of a document, unresolved; an "it" that stands for nothing is none."""
    for token in annotated.doc:
        if token.tag_ not in ("PRP", "PRP$", "WP", "WDT"):
            continue
        span = Span(token.idx, token.idx + len(token))
        if token.tag_ in ("WP", "WDT"):
            if token.lower_ in ("who", "which", "that", "whom"):
                yield ActorMention(span, token.i, token.i + 1, token.i, "pronoun")
        elif token.lower_ in PRONOUNS and not _pleonastic(token):
            gender, number = PRONOUNS[token.lower_]
            yield ActorMention(span, token.i, token.i + 1, token.i, "pronoun", (), gender, number)


def _pleonastic(token: Token) -> bool:
    """Tell whether "it" stands for nothing: "it is clear that", "it seems"."""
    if token.lower_ != "it":
        return False
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return token.dep_ == "expl"
    verb = token.head
    if lemma(verb) in _IDLE:
        return True
    return lemma(verb) == "be" and any(
        child.dep_ in ("acomp", "attr", "ccomp", "advcl", "xcomp") for child in verb.rights
    )
