"""Web page → Document."""

from pathlib import Path

import pytest

import onrecord
from onrecord.errors import OnrecordError
from onrecord.reading.page import document_from_html
from onrecord.record import Document

PAGES = Path(__file__).parent / "fixtures" / "pages"
EXAMPLES = Path(onrecord.__file__).parent / "examples"
ADDRESS = "https://courier.example/world/ferry-timetable?from=feed"
FURNITURE = [
    "Home", "ADVERTISEMENT", "Facebook", "Read more", "Sign up", "Related", "©", "Jane Doe", "Published",
]  # fmt: skip
PARAGRAPH = (
    "<p>The president of the country said on Monday that the talks on the ferries would go on "
    "until {} were satisfied with what they had been offered in Copenhagen.</p>"
)
BODY = "".join(PARAGRAPH.format(who) for who in ("Danes", "Swedes", "Norwegians"))


@pytest.fixture(scope="module")
def summit():
    return document_from_html((PAGES / "summit.html").read_bytes(), url=ADDRESS)


def pieces(document, spans):
    return [document.text[start:end] for start, end in spans]


def page(head="", top="", body=BODY):
    title = "Talks on the ferries go on in Copenhagen"
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{top}{body}</article></body></html>"
    )


def test_article_is_kept_whole(summit):
    assert [p.split()[0] for p in pieces(summit, summit.paragraphs)] == [
        "The", "“We", "From", "Weekdays:", "Sundays:", "“It", "Shipping",
    ]  # fmt: skip


@pytest.mark.parametrize("words", FURNITURE)
def test_furniture_is_not_in_the_text(summit, words):
    assert words not in summit.text


def test_text_begins_with_the_headline(summit):
    assert pieces(summit, summit.headings) == [
        "Ministers agree ferry timetable",
        "What changes in May",
    ]
    assert summit.text.startswith(summit.title)


def test_metadata(summit):
    assert summit.byline == "Jane Doe, John Roe"
    assert summit.publisher == "The Example Courier"
    assert summit.canonical_url == "https://courier.example/world/ferry-timetable"
    assert summit.language == "en"
    assert (summit.published.start, summit.published.grain) == ("2024-03-12T09:30+01:00", "minute")


def test_age_under_the_headline_dates_the_page():
    html = (PAGES / "aggregated.html").read_text("utf-8")
    document = Document.from_html(html, retrieved_at="2026-01-14T09:20:00Z")
    assert (document.published.start, document.published.basis) == (
        "2026-01-14T06:00Z",
        "retrieval",
    )
    assert Document.from_html(html).published is None


def test_page_and_paste_of_the_seed_give_the_same_text():
    text = (EXAMPLES / "sheinbaum-trump.txt").read_text("utf-8")
    html = (EXAMPLES / "sheinbaum-trump.html").read_bytes()
    from onrecord.reading.plain import document_from_text

    paste = document_from_text(text, furniture=True, retrieved_at="2026-01-14T09:00:00Z")
    document = document_from_html(html, retrieved_at="2026-01-14T09:00:00Z")
    assert document.title == paste.title
    assert len(document.paragraphs) == len(paste.paragraphs) == 13
    assert pieces(document, document.paragraphs) == pieces(paste, paste.paragraphs)
    assert pieces(document, document.headings) == pieces(paste, paste.headings)
    assert document.published == paste.published


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-03-12">', "2024-03-12"),
        ('<meta name="dc.date" content="2024-03-12">', "2024-03-12"),
        ('<meta name="pubdate" content="Tue, 12 Mar 2024 09:30:00 GMT">', "2024-03-12"),
        ('<meta name="date" content="20240312">', "2024-03-12"),
        ('<meta itemprop="datePublished" content="March 12, 2024">', "2024-03-12"),
        ('<meta property="article:modified_time" content="2024-03-12">', None),
        ('<meta name="date" content="03/04/2024">', None),
        ('<meta name="date" content="1970-01-01">', None),
        ('<script type="application/ld+json">[{"@type": ["NewsArticle"],'
         '"datePublished": "2024-03-12"}]</script>', "2024-03-12"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>', None),
    ],
)  # fmt: skip
def test_date_in_the_head(head, day):
    when = document_from_html(page(head)).published
    assert (when and when.start[:10]) == day


@pytest.mark.parametrize(
    ("top", "day"),
    [
        ('<time datetime="2024-03-12T09:30:00Z">Tuesday</time>', "2024-03-12"),
        ("<div>12 March 2024</div>", "2024-03-12"),
        ("<div>Published 09:30, 12 March 2024</div>", "2024-03-12"),
        ("<p>Talks began on 12 March 2024, and went on.</p>", None),
    ],
)
def test_date_under_the_headline(top, day):
    when = document_from_html(page(top=top)).published
    assert (when and when.start[:10]) == day


def test_date_below_the_article_is_not_its_date():
    html = page().replace("</article>", "</article><aside><time datetime='2020-01-01'>x</time>")
    assert document_from_html(html).published is None


def test_day_in_the_address_dates_the_page():
    when = document_from_html(page(), url="https://a.example/2024/03/12/talks").published
    assert (when.start, when.basis) == ("2024-03-12", "explicit")


def test_date_after_the_retrieval_is_not_taken():
    head = '<meta property="article:published_time" content="2024-03-12">'
    assert document_from_html(page(head), retrieved_at="2024-03-01").published is None


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("", None),
        ('<meta name="author" content="admin">', None),
        ('<meta name="author" content="https://a.example/jane">', None),
        ('<meta name="author" content="Jane Doe">', "Jane Doe"),
        ('<meta name="author" content="By Jane Doe and John Roe">', "Jane Doe, John Roe"),
    ],
)
def test_byline_is_not_invented(head, byline):
    assert document_from_html(page(head)).byline == byline


def test_publisher_is_cut_off_the_title():
    html = page('<meta property="og:site_name" content="The Courier">')
    html = html.replace("</title>", " | The Courier</title>").replace("h1>", "b>")
    assert document_from_html(html).title == "Talks on the ferries go on in Copenhagen"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.example/x", "http://[", "#"])
def test_canonical_address_is_of_the_web_or_none(link):
    html = page(f'<link rel="canonical" href="{link}">')
    assert document_from_html(html).canonical_url is None


def test_declared_character_set_is_obeyed():
    html = page("<meta charset='windows-1252'>", body=BODY + PARAGRAPH.format("the cafés’ owners"))
    assert "cafés’ owners" in document_from_html(html.encode("cp1252")).text


def test_language_that_is_not_coded_still_gives_a_document():
    body = "<p>Le président a déclaré lundi que les négociations se poursuivraient à Paris jusqu’à la fin de la semaine prochaine.</p>"
    assert document_from_html(page(body=body + body.replace("lundi", "mardi"))).language == "fr"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><body></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav><script>text</script></body></html>",
    ],
)
def test_page_without_text_is_an_error(html):
    with pytest.raises(OnrecordError):
        document_from_html(html)


@pytest.mark.parametrize("element", ["div", "span", "b", "x-y", "div></x"])
@pytest.mark.parametrize("depth", [300, 20_000])
def test_deep_nesting_is_an_error(element, depth):
    with pytest.raises(OnrecordError, match="nested"):
        document_from_html("<html><body>" + f"<{element}>" * depth + BODY)


def test_too_many_elements_are_an_error():
    with pytest.raises(OnrecordError, match="elements"):
        document_from_html(page(body="<p>" * 120_000))


def test_control_characters_and_bad_entities_do_no_harm():
    html = page(body=BODY + PARAGRAPH.format("\x00\x01 some &#xD800; &#0; people"))
    text = document_from_html(html).text
    text.encode("utf-8")
    assert "\x00" not in text
    assert "\x01" not in text
