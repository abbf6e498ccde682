"""Attributions for those who live in spaCy: ``nlp.add_pipe("onrecord_attributions")``.

The component sets ``doc._.attributions``: a list of :class:`SpokenSpan` values whose offsets are
code points of ``doc.text``. It parses the text itself, so it may follow any pipeline.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.record import Attribution, Span

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SpokenSpan:
    """One attribution: source, cue and content as (start, end) pairs, and who speaks to whom."""

    source: Pairs
    cue: Pairs
    content: Pairs
    speaker: tuple[str, ...]
    addressee: tuple[str, ...]
    form: str
    cue_class: str
    negated: bool
    nested: bool
    confidence: float


class AttributionComponent:
    """A spaCy component that sets ``doc._.attributions``; rows below ``min_confidence`` stay out."""

    def __init__(self, min_confidence: float = 0.0) -> None:
        self.min_confidence = min_confidence

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.attributions`` and return the same ``doc``."""
        doc._.attributions = self.attributions(doc.text) if doc.text.strip() else []
        return doc

    def attributions(self, text: str) -> list[SpokenSpan]:
        """Return the attributions of a text, in its order."""
        from onrecord.coding.attributions import find_attributions
        from onrecord.parsing import annotate
        from onrecord.record import Document

        offset = len(text) - len(text.lstrip())
        # As long as before, so that offsets stay those of the caller's text.
        document = Document.from_text(text.replace("\r\n", " \n"))
        annotated = annotate(document)
        rows = find_attributions(annotated)
        names = {actor.id: actor.name for actor in annotated.actors.values()}
        return [
            _spoken(row, offset, names) for row in rows if row.confidence >= self.min_confidence
        ]


def _spoken(row: Attribution, offset: int, names: dict[str, str]) -> SpokenSpan:
    def pairs(spans: tuple[Span, ...]) -> Pairs:
        return tuple((span.start + offset, span.end + offset) for span in spans)

    return SpokenSpan(
        source=pairs(row.source),
        cue=pairs(row.cue),
        content=pairs(row.content),
        speaker=tuple(names[actor] for actor in row.speaker),
        addressee=tuple(names[actor] for actor in row.addressee),
        form=row.form,
        cue_class=row.cue_class,
        negated=row.negated,
        nested=row.parent is not None,
        confidence=row.confidence,
    )


@Language.factory("onrecord_attributions", default_config={"min_confidence": 0.0})
def make_component(nlp: Language, name: str, min_confidence: float) -> AttributionComponent:
    """Make the component; spaCy calls this through the entry point ``onrecord_attributions``."""
    if not Doc.has_extension("attributions"):
        Doc.set_extension("attributions", default=None)
    return AttributionComponent(min_confidence)
