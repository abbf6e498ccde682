"""A draft of an attribution: its three parts as spans, before anybody is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.record import Span


@dataclass
class Draft:
    """Source, cue and content as spans; ``verb`` is the cue's token, if a word is its head."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    verb: int | None = None
    confidence: float = 0.5
    why: str = ""

    def by_colon(self, text: str) -> bool:
        """Tell whether a colon alone is the cue, as in a transcript: "KAINE: We trust her"."""
        return [span.of(text) for span in self.cue] == [":"]

    @property
    def extent(self) -> Span:
        """From the first to the last character of all three parts."""
        spans = [*self.source, *self.cue, *self.content]
        return Span(min(s.start for s in spans), max(s.end for s in spans))
