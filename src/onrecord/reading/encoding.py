"""Bytes → text: what kind of thing they are, and in which character set."""

from __future__ import annotations

import codecs
import re
from functools import cache

import msgspec

from onrecord.errors import OnrecordError
from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.reading.language import identified

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE
)
_XML = re.compile(rb"^\s{0,20}<\?xml[^>]{0,100}encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{2,40})")
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-9": "cp1254",
    "x-gbk": "gb18030",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
}
_MOST_BAD = 0.01
_SAMPLE = 4_000
_SURE = 0.6
_MESS = 0.2
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Charset(msgspec.Struct, frozen=True):
    """One row of ``charsets.tsv``."""

    charset: str
    languages: tuple[str, ...]


def decode_html(content: bytes, charset: str | None = None) -> str:
    """Decode a page: byte order mark, then UTF-8 if it is valid, then what is declared, then a guess.

    Raises ``OnrecordError`` where no character set fits.
    """
    head = content[:4096]
    declared = [m[1].decode("ascii") for m in (_XML.search(head), _META.search(head)) if m]
    return _decode(content, [charset, *declared])


def decode_text(content: bytes, charset: str | None = None) -> str:
    """Decode plain text: byte order mark, UTF-8, what the server said, then a guess.

    Raises ``OnrecordError`` where no character set fits.
    """
    return _decode(content, [charset])


def _decode(content: bytes, declared: list[str | None]) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _lenient(content, name) or _refuse()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in filter(None, declared):
        text = _lenient(content, _WEB_NAMES.get(name.lower(), name))
        if text is not None:
            return text
    return _guess(content)


def _lenient(content: bytes, name: str) -> str | None:
    """Decode with a few bad bytes replaced; none where they are many or the name is unknown."""
    try:
        text = content.decode(name, errors="replace")
    except (LookupError, UnicodeError):
        return None
    return text if text.count("\ufffd") <= _MOST_BAD * max(100, len(text)) else None


def _guess(content: bytes) -> str:
    """Read bytes that declare nothing in the old character set whose languages they turn out in.

    charset-normalizer drops the readings that look like no text; of the others that is taken whose
    language is one the character set was made for, and surest.
    """
    almost = _lenient(content, "utf-8")
    if almost is not None:
        return almost
    sample = content[:_SAMPLE]
    if len(_NOT_TEXT.findall(sample)) > _MOST_BAD * len(sample):
        return _refuse()
    best, surest = None, _SURE
    for row in _readable(sample):
        language, confidence = identified(sample.decode(row.charset, errors="ignore"))
        if language in row.languages and confidence > surest:
            best, surest = row.charset, confidence
    text = _lenient(content, best) if best is not None else None
    return text if text is not None else _refuse()


def _readable(sample: bytes) -> list[Charset]:
    from charset_normalizer import from_bytes

    rows = _charsets()
    found = from_bytes(sample, cp_isolation=[row.charset for row in rows], threshold=_MESS)
    likely = {name for match in found for name in match.could_be_from_charset}
    return [row for row in rows if row.charset in likely]


@cache
def _charsets() -> tuple[Charset, ...]:
    return tuple(read_table(FOLDER / "reading" / "charsets.tsv", Charset))


def _refuse() -> str:
    raise OnrecordError("text in an unknown character set; save it as UTF-8")
