"""The sentence around a span, for rows that do not carry one: found in the stored text alone."""

from __future__ import annotations

import re

from onrecord.record import Record, Span

_STOP = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s{1,8}(?=[\"'“‘«(\[]{0,3}[^\W_a-z])")
# A point after these, or after a single capital, ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Sen|Rep|Gov|Pres|Rev|Hon|St|No|vs|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.\Z"
)


def sentence_around(record: Record, span: Span) -> Span:
    """Return the sentence that holds ``span``: that of an event, where one does.

    Else a stretch of the paragraph, from one stop to the next.
    """
    inside = [event.sentence for event in record.events if event.sentence.covers(span)]
    if inside:
        return min(inside, key=lambda sentence: (sentence.end - sentence.start, sentence))
    text = record.document.text
    paragraph = _paragraph(record, span)
    start, end = paragraph.start, paragraph.end
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if _SHORT.search(text[max(start, stop.start() - 5) : stop.start() + 1]):
            continue
        if stop.end() <= span.start:
            start = stop.end()
        elif stop.start() + 1 >= span.end:
            return Span(start, len(text[: stop.end()].rstrip()))
    return Span(start, max(end, span.end))


def _paragraph(record: Record, span: Span) -> Span:
    """Return the paragraph or heading that holds ``span``, else the line or lines it stands on."""
    document = record.document
    for start, end in (*document.paragraphs, *document.headings):
        if start <= span.start and span.end <= end:
            return Span(start, end)
    end = document.text.find("\n", span.end)
    return Span(
        document.text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(document.text)
    )
