"""BERT's uncased WordPiece in plain Python, with every word's place in the original text kept.

In: a text.  Out: words (runs of letters and digits, or one punctuation mark, as BERT cuts them), each with its
half-open span in code points of the text and the ids of its pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

UNKNOWN, CLS, SEP, BREAK = 100, 101, 102, 2
"""Ids of [UNK], [CLS], [SEP] and of [unused1], which stands for a paragraph break."""

LONGEST_WORD = 100
"""A word of more characters than this becomes one [UNK], as in BERT."""

_CHUNK = re.compile(
    r"[A-Za-z0-9]+(?![^\x00-\x7f])|[!-/:-@\[-`{-~]|\s+|[^\x00-\x7fA-Za-z0-9]|[A-Za-z0-9]|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Word:
    """One word of the text: its span in code points and its piece ids (one or more)."""

    start: int
    end: int
    pieces: tuple[int, ...]


def _is_cjk(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _kind(char: str) -> str:
    """How BERT sees one character: `space`, `drop` (control), `mark` (punctuation or CJK: a word alone) or `letter`."""
    if char.isspace() and unicodedata.category(char) in ("Zs", "Cc", "Zl", "Zp"):
        return "space" if char in "\t\n\r" or unicodedata.category(char) != "Cc" else "drop"
    category = unicodedata.category(char)
    if category[0] == "C" or char == "\ufffd":
        return "drop"
    if category[0] == "P" or _is_cjk(ord(char)) or (ord(char) < 128 and not char.isalnum()):
        return "mark"
    return "letter"


def _plain(char: str) -> str:
    """Return the character without accents and in lower case; empty when it is an accent alone."""
    bare = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
    return bare.lower()


def _raw_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word's start, end and normalised letters; white space with a line end in it comes as a line end."""
    start, end, letters = 0, 0, ""
    for found in _CHUNK.finditer(text):
        chunk, at = found.group(), found.start()
        first = chunk[0]
        if first.isascii() and first.isalnum():
            if letters:
                letters, end = letters + chunk.lower(), found.end()
            else:
                start, end, letters = at, found.end(), chunk.lower()
            continue
        kind = "space" if len(chunk) > 1 else _kind(first)
        if kind == "drop":
            continue
        if kind == "letter":
            plain = _plain(first)
            if plain:
                start, end, letters = (start if letters else at), found.end(), letters + plain
            elif letters:
                end = found.end()
            continue
        if letters:
            yield start, end, letters
            letters = ""
        if kind == "mark":
            yield at, found.end(), _plain(first) or first
        elif "\n" in chunk or "\r" in chunk or "\u2029" in chunk:
            yield at, found.end(), "\n"
    if letters:
        yield start, end, letters


class WordPiece:
    """The vocabulary of a BERT uncased model, and the cutting of text with it."""

    def __init__(self, vocab: str) -> None:
        """`vocab` has one piece a line; the line number is the id."""
        self._ids = {piece: number for number, piece in enumerate(vocab.split("\n")) if piece}

    def words(self, text: str) -> list[Word]:
        """List the words of `text` in order; a run of white space with a line end is one word with the piece `BREAK`."""
        found = []
        for start, end, letters in _raw_words(text):
            known = self._ids.get(letters)
            if known is not None:
                found.append(Word(start, end, (known,)))
            elif letters == "\n":
                found.append(Word(start, end, (BREAK,)))
            else:
                found.append(Word(start, end, self._pieces(letters)))
        return found

    def _pieces(self, letters: str) -> tuple[int, ...]:
        """Longest match first; one [UNK] for a word that cannot be put together."""
        if len(letters) > LONGEST_WORD:
            return (UNKNOWN,)
        pieces: list[int] = []
        at = 0
        while at < len(letters):
            end = len(letters)
            while end > at:
                known = self._ids.get(("##" if at else "") + letters[at:end])
                if known is not None:
                    break
                end -= 1
            else:
                return (UNKNOWN,)
            pieces.append(known if known is not None else UNKNOWN)
            at = end
        return tuple(pieces)
