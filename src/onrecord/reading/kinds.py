"""What kind of thing some bytes are: a web page, plain text, or something that is not read."""

from __future__ import annotations

import re
import zlib
from typing import Literal

from onrecord.errors import OnrecordError
from onrecord.reading.encoding import decode_html, decode_text

Kind = Literal["html", "text"]
MAX_INFLATED = 15_000_000
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_GZIP = b"\x1f\x8b"
_OTHERS = (
    (b"%PDF-", "a PDF; convert it to text first, e.g. with pdftotext"),
    (b"PK\x03\x04", "a zip archive or office document; unpack it, or save it as plain text"),
    (b"\x89PNG", "an image; give the text of the article"),
    (b"\xff\xd8\xff", "an image; give the text of the article"),
    (b"GIF8", "an image; give the text of the article"),
    (b"II*\x00", "an image; give the text of the article"),
    (b"MM\x00*", "an image; give the text of the article"),
    (b"\x00\x00\x01\x00", "an image; give the text of the article"),
    (b"\xd0\xcf\x11\xe0", "an office document; save it as plain text"),
    (b"{\\rtf", "an RTF document; save it as plain text"),
    (b"BZh", "a compressed file; unpack it first"),
    (b"\xfd7zXZ", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "a compressed file; unpack it first"),
    (b"Rar!", "a compressed file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a compressed file; unpack it first"),
    (b"ID3", "a sound file; give the text of the article"),
    (b"OggS", "a sound or video file; give the text of the article"),
    (b"\x7fELF", "a program; give the text of the article"),
    (b"SQLite format 3", "a database; give the text of the article"),
    (b"WARC/", "a web archive; give one article of it"),
)
_HEAD = 4096
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|article|main|div|p|h1|meta|title|section|table|span)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:!doctype html|html|body)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_XML = re.compile(r"\s{0,100}(?:<\?xml|<!DOCTYPE(?!\s{1,9}html)|<rss|<feed|<rdf)", re.IGNORECASE)


def text_of(content: bytes, media_type: str | None, charset: str | None) -> tuple[Kind, str]:
    """Return whether the bytes are a web page or plain text, and their text.

    Gzip is inflated, up to 15 MB. Raises ``OnrecordError`` where they are empty or something else.
    """
    if content.startswith(_GZIP):
        content = _inflated(content)
    if not content.strip():
        raise OnrecordError("empty; nothing to read")
    _refuse_others(content)
    head = content[:_HEAD].decode("latin-1").removeprefix("ï»¿")
    if _XML.match(head) and not _PAGE.search(head):
        if _FEED.search(head):
            raise OnrecordError("a feed, not an article; give the address of one of its entries")
        raise OnrecordError("XML, not the page of an article; give a web page or plain text")
    if media_type in _PAGE_TYPES or (head.lstrip().startswith("<") and _HTML.search(head)):
        return "html", decode_html(content, charset)
    text = decode_text(content, charset)
    if "\x00" in text:
        raise OnrecordError("not text (it holds null characters); give the text of the article")
    return "text", _CONTROLS.sub("", text)


def _refuse_others(content: bytes) -> None:
    start = content[:_HEAD].lstrip()
    for mark, word in _OTHERS:
        if start.startswith(mark):
            raise OnrecordError(word)
    if content[257:262] == b"ustar":
        raise OnrecordError("a tar archive; unpack it first")
    if content[:4] == b"RIFF" or content[4:8] == b"ftyp":
        raise OnrecordError("an image, sound or video file; give the text of the article")


def _inflated(content: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    try:
        text = inflater.decompress(content, MAX_INFLATED + 1)
    except zlib.error:
        raise OnrecordError("a broken gzip file; fetch it again") from None
    if len(text) > MAX_INFLATED:
        raise OnrecordError("a gzip file of over 15 MB when unpacked; give one article")
    if not inflater.eof:
        raise OnrecordError("a broken gzip file, cut short; fetch it again")
    return text
