"""Raw bytes → Document, or one line on why not."""

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collecting.sources import RawPage
from onrecord.errors import OnrecordError
from onrecord.reading import document_from

ARTICLE = "The minister said on Monday that talks would go on. Nobody else spoke in Copenhagen."
PAGE = f"<html><body><article><p>{ARTICLE * 3}</p></article></body></html>"


def raw(content, media_type=None, charset=None):
    return RawPage(content, media_type, charset, None, None, "article.txt")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7\n", "a PDF; convert it to text first"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"PK\x03\x04", "a zip archive"),
        (b"RIFF....WEBP", "an image"),
        (b"x" * 257 + b"ustar", "a tar archive"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "a feed"),
        (b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>", "XML"),
        (b"Mexico said\x00 no.", "null characters"),
        (bytes(random.Random(7).choices(range(256), k=3000)), "unknown character set"),
        (b"\x1f\x8b broken", "a broken gzip file"),
        (gzip.compress(b"a" * 20_000_000), "over 15 MB when unpacked"),
        (b"a" * 5_000_001, "the most is 5,000,000"),
        (b"<html><body></body></html>", "no article text"),
    ],
)
def test_what_is_no_article_is_said_in_one_line(content, word):
    with pytest.raises(OnrecordError) as error:
        document_from(raw(content))
    message = str(error.value)
    assert message.startswith("article.txt: ")
    assert word in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (
            "“We will not go,” the president’s spokesman said – again. Nobody asked him why.",
            "cp1252",
        ),
        ("Le président a été élu à la tête de l’État. « Oui », a-t-il dit à Paris.", "cp1252"),
        ("Президент заявил в понедельник, что переговоры продолжатся на неделе.", "cp1251"),
        ("Prezydent powiedział, że rozmowy będą kontynuowane w przyszłym tygodniu.", "cp1250"),
        ("The minister’s “no” was heard.", "utf-8-sig"),
        ("The minister’s “no” was heard.", "utf-16"),
    ],
)
def test_old_character_sets_are_read(text, charset):
    assert document_from(raw(text.encode(charset))).text == text


def test_charset_of_the_server_is_obeyed():
    text = "Der Minister sagte über Köln nichts. Für heute ist Schluss."
    assert document_from(raw(text.encode("latin-1"), "text/plain", "ISO-8859-1")).text == text


def test_gzip_is_inflated():
    assert document_from(raw(gzip.compress(ARTICLE.encode()))).text == ARTICLE


@pytest.mark.parametrize("media_type", [None, "text/html"])
def test_page_is_known_by_its_bytes(media_type):
    assert "<p>" not in document_from(raw(PAGE.encode(), media_type)).text


def test_text_that_begins_with_a_bracket_is_text():
    text = f"<The minister> {ARTICLE}"
    assert document_from(raw(text.encode())).text == text


@given(st.binary(max_size=600))
def test_any_bytes_give_a_document_or_an_error_of_one_line(content):
    message = ""
    try:
        document_from(raw(content)).text.encode("utf-8")
    except OnrecordError as error:
        message = str(error)
    assert "\n" not in message
