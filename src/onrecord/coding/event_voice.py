"""Whose word an act stands on: the attribution around it, or the reporter's own voice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.coding.event_actors import ActorFinder, Party
from onrecord.coding.event_arguments import children
from onrecord.knowledge.cues import verb_class
from onrecord.parsing.annotated import Annotated
from onrecord.parsing.syntax import lemma
from onrecord.record import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token


_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "ourselves"})


_SAYING = frozenset({"say", "tell"})


class Voices:
    """Finds the innermost attribution whose content covers a token."""

    def __init__(self, annotated: Annotated, attributions: Sequence[Attribution]) -> None:
        self.annotated = annotated
        pieces = [(span, item) for item in attributions for span in item.content]
        self.pieces = sorted(pieces, key=lambda piece: (piece[0].start, -piece[0].end))
        self.innermost: dict[int, Attribution] = {}
        saying = (item for item in attributions if item.cue_class in _SAYING)
        self.sayings = [cue for item in saying for cue in item.cue]
        for piece, item in sorted(pieces, key=lambda held: -_width(held[1])):
            for token in annotated.tokens_in(piece):
                inside = piece.start <= token.idx and token.idx + len(token) <= piece.end
                if inside and not any(cue.start <= token.idx < cue.end for cue in item.cue):
                    self.innermost[token.i] = item

    def at(self, token: Token) -> Attribution | None:
        """Return the innermost attribution whose content covers a token, or none."""
        return self.innermost.get(token.i)

    def says(self, token: Token) -> bool:
        """Tell whether a token only hands words to their source: "stressed that", "…, referring to"."""
        if not any(cue.start <= token.idx < cue.end for cue in self.sayings):
            return False
        if token.tag_ == "VBG" and token.dep_ == "advcl":
            return True
        kind = verb_class(lemma(token))
        return kind == "tell" or (kind == "say" and not children(token, "dobj"))

    def before(self, token: Token) -> Attribution | None:
        """Return the last attribution that begins before a token, or none."""
        found = None
        for piece, item in self.pieces:
            if piece.start >= token.idx:
                break
            if item.speaker:
                found = item
        return found

    def speakers(self, voice: Attribution | None, finder: ActorFinder) -> list[Party]:
        """Return who speaks in an attribution, as parties."""
        if voice is None or not voice.speaker:
            return []
        span = voice.source[0] if voice.source else None
        return [finder.of_actor(name, span) for name in voice.speaker]

    def hearers(self, voice: Attribution | None, finder: ActorFinder) -> list[Party]:
        """Return who is spoken to in an attribution, as parties, where its sentence names them."""
        sentence = voice and self.annotated.sentence_at((voice.cue or voice.content)[0].start)
        if voice is None or not sentence:
            return []
        named = list(self.annotated.mentions_in(sentence.span))
        return [
            finder.of_actor(name, mention.span)
            for name in voice.addressee
            for mention in [one for one in named if name in one.actors][-1:]
        ]

    def first_person(self, party: Party, voice: Attribution | None, finder: ActorFinder) -> Party:
        """Return a party; where it is an unresolved "I" or "we", the speaker of its attribution."""
        words = party.span.of(self.annotated.text).lower()
        if party.actors or words not in _FIRST_PERSON or voice is None or not voice.speaker:
            return party
        speaker = finder.of_actor(voice.speaker[0], party.span)
        return Party(party.span, voice.speaker, speaker.countries, True, party.token)


def _width(item: Attribution) -> int:
    return sum(span.end - span.start for span in item.content)
