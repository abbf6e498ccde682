"""Who writes: the author that "I" and "we" mean outside quotations, in columns and letters."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.coding.interviews import interviewed_at
from onrecord.coding.makers import enter
from onrecord.parsing.annotated import Annotated

_NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]*\.?|[dv][aeo]n?)){1,3}"
_SIGNED = re.compile(rf"(?P<name>{_NAME}?)[.,;]?")
_HANDLE = re.compile(r"(?P<name>@\w{2,20})[.]?")
_PLACE = re.compile(r"[A-Z][\w.’' -]{1,30}(?:, [A-Z][\w. ]{1,20})?")
_BYLINE = re.compile(rf"(?:[Bb]y )?(?P<name>{_NAME})")
_LETTER = 60


def writer_at(annotated: Annotated, offset: int) -> tuple[str, ...]:
    """Return who writes in the first person at this place, in the reporter's own words.

    A letter to the editor is its signer's: a name and a place below it, or an account's handle.
    An answer of an interview is the interviewed person's, everything else the author's,
    if the document names one.
    """
    if annotated.quoted(offset) is not None:
        return ()
    document = annotated.document
    blocks = sorted([*document.headings, *document.paragraphs])
    number = next((i for i, (start, end) in enumerate(blocks) if start <= offset < end), None)
    if number is not None:
        texts = [annotated.text[start:end].strip() for start, end in blocks[number : number + 8]]
        name = _signature(texts)
        if name:
            return (_writer(annotated, name),)
    answering = interviewed_at(annotated, offset)
    if answering:
        return answering
    author = _BYLINE.fullmatch(document.byline or "")
    return (_writer(annotated, author["name"]),) if author else ()


def _signature(texts: list[str]) -> str | None:
    """Return who signs the letter that begins with these paragraphs."""
    if len(texts) > 1 and (handle := _HANDLE.fullmatch(texts[1])):
        return handle["name"]
    for text, after in pairwise(texts[1:]):
        signed = _SIGNED.fullmatch(text)
        if signed and len(text) < _LETTER and _PLACE.fullmatch(after) and len(after) < _LETTER:
            return signed["name"].rstrip(".")
        if len(text) < _LETTER:
            return None
    return None


def _writer(annotated: Annotated, name: str) -> str:
    known = (id for id, actor in annotated.actors.items()
             if actor.kind == "person" and actor.name == name)  # fmt: skip
    return next(known, None) or enter(annotated, name, "person")
