"""The attribution tagger: words with their places, quotation states, and attributions of any text whatever."""

from __future__ import annotations

import json
import random
import shutil
import time
from pathlib import Path

import pytest

from onrecord.coding.model_files import ModelError
from onrecord.coding.tagger import (
    MODEL_DIR,
    AttributionTagger,
    TaggedAttribution,
    load_tagger,
)
from onrecord.coding.tagger_input import (
    CLOSING,
    INSIDE,
    OPENING,
    OUTSIDE,
    SINGLE,
    case_of,
    quote_states,
)
from onrecord.coding.wordpiece import BREAK, WordPiece

VOCAB = (MODEL_DIR / "vocab.txt").read_text(encoding="utf-8")
STATEMENT = (
    "MEXICO CITY — President Claudia Sheinbaum ruled out any strikes on Monday.\n\n"
    "“We operate in Mexico,” she said. “No one else does.”\n\n"
    "According to a White House official, the call lasted 15 minutes."
)


def texts(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[a:b] for a, b in spans]


def spans(found: list[TaggedAttribution]) -> list[tuple[int, int]]:
    return [span for a in found for span in (*a.source, *a.cue, *a.content)]


# -- words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Don’t stop.", ["Don", "’", "t", "stop", "."]),
        ("naïve Åström", ["naïve", "Åström"]),
        ("U.S.-led", ["U", ".", "S", ".", "-", "led"]),
        ("中文 ok", ["中", "文", "ok"]),
        ("one\n \ntwo", ["one", "\n \n", "two"]),
        ("re\u0301sume\u0301 x", ["re\u0301sume\u0301", "x"]),
        ("a\u200bb", ["a\u200bb"]),
    ],
)
def test_words_keep_their_place(text: str, words: list[str]) -> None:
    assert [text[w.start : w.end] for w in WordPiece(VOCAB).words(text)] == words


def test_pieces_are_those_of_bert() -> None:
    """Ids worked out with the `tokenizers` library for the same vocabulary."""
    found = WordPiece(VOCAB).words("Sheinbaum’s Café\n\nunaffable 😀")
    assert [w.pieces for w in found] == EXPECTED_PIECES
    assert found[3 + 1].pieces == (BREAK,)


EXPECTED_PIECES: list[tuple[int, ...]] = [
    (2016, 2378, 14898),
    (1521,),
    (1055,),
    (7668,),
    (BREAK,),
    (14477, 20961, 3468),
    (100,),
]


def test_an_endless_word_is_unknown() -> None:
    assert [w.pieces for w in WordPiece(VOCAB).words("x" * 5000)] == [(100,)]


# -- quotation states


@pytest.mark.parametrize("marks", ["“”", '""', "«»", ("''", "''"), ("``", "''")])
def test_directions_of_double_marks(marks: str | tuple[str, str]) -> None:
    opening, closing = marks
    text = f"He said {opening}stop{closing} and {opening}go{closing}."
    states = quote_states(text)
    at = text.index(opening)
    assert states[at] == OPENING
    assert states[text.index("stop")] == states[text.index("go")] == INSIDE
    assert states[text.index("stop") + 4] == CLOSING
    assert states[text.index("and")] == OUTSIDE


def test_an_open_mark_ends_with_its_paragraph() -> None:
    states = quote_states("“Never closed.\n\nNext")
    assert states[3] == INSIDE
    assert states[-1] == OUTSIDE


def test_an_apostrophe_is_no_quotation_mark() -> None:
    text = "the voters’ choice, don’t, ‘we will’ he"
    states = quote_states(text)
    assert states[text.index("choice")] == OUTSIDE
    assert states[text.index("will")] == SINGLE
    assert states[-1] == OUTSIDE


@pytest.mark.parametrize(
    ("word", "case"), [("trump", 0), ("Trump", 1), ("TRUMP", 2), ("A", 1), ("", 0), ("1", 0)]
)
def test_case(word: str, case: int) -> None:
    assert case_of(word) == case


# -- attributions


def test_a_split_quotation_is_one_attribution() -> None:
    found = [a for a in load_tagger().tag(STATEMENT) if "she" in texts(STATEMENT, a.source)]
    assert len(found) == 1
    assert texts(STATEMENT, found[0].cue) == ["said"]
    whole = " ".join(texts(STATEMENT, found[0].content))
    assert "We operate in Mexico" in whole
    assert "No one else does" in whole


def test_sentences_built_alike_keep_their_own_sources() -> None:
    text = (
        "The fire burned 10,000 acres, officials said. "
        "The fire burned 4,000 hectares, the fire service said."
    )
    found = [(texts(text, row.source), texts(text, row.content)) for row in load_tagger().tag(text)]
    assert found == [
        (["officials"], ["The fire burned 10,000 acres"]),
        (["the fire service"], ["The fire burned 4,000 hectares"]),
    ]


def test_according_to() -> None:
    found = [a for a in load_tagger().tag(STATEMENT) if texts(STATEMENT, a.cue) == ["According to"]]
    assert [texts(STATEMENT, a.source) for a in found] == [["a White House official"]]
    assert "the call lasted 15 minutes" in texts(STATEMENT, found[0].content)[0]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("''", "''"), ("‘", "’"), ("«", "»"), ("„", "“")],
)
def test_every_way_of_quoting(opening: str, closing: str) -> None:
    text = f"{opening}We will not sign this treaty,{closing} Mr. Jones told reporters."
    found = load_tagger().tag(text)
    assert len(found) == 1
    assert "We will not sign this treaty" in texts(text, found[0].content)[0]
    assert texts(text, found[0].source) == ["Mr. Jones"]


def test_paragraphs_given_stand_for_line_ends() -> None:
    """Line ends inside a paragraph are only white space; between paragraphs they are breaks, whatever they look like."""
    broken = STATEMENT.replace("any strikes", "any\nstrikes").replace(" said. “No", " said.\n“No")
    start, paragraphs = 0, []
    for paragraph in broken.split("\n\n"):
        paragraphs.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    plain = load_tagger().tag(STATEMENT)
    assert load_tagger().tag(broken, paragraphs) == plain


ODD = [
    "",
    " ",
    "\n\n",
    "\x00\x01\x02",
    "\ufffd",
    "😀",
    "😀" * 300,
    "“",
    "''",
    "said",
    "\u0301" * 50,
    "\ud800",
    "a" * 20000,
    "“" * 3000,
    "\"'‘’" * 500,
    "„ « » “ ‟ ``" * 100,
    "\r\n\r\n“x”\r\n",
    "x\u2028y\u2029z",
    "ﷺ" * 100,
    "中" * 2000,
    "\u202e“he said”",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_text_breaks_it(text: str) -> None:
    for a, b in spans(load_tagger().tag(text)):
        assert 0 <= a < b <= len(text)


def test_random_text_keeps_spans_inside() -> None:
    rng = random.Random(3)
    bits = [
        "said",
        "“",
        "”",
        '"',
        "''",
        "\n",
        "\n\n",
        " ",
        "Trump",
        "who",
        "é",
        "😀",
        "\u0000",
        "‘",
        "’",
        ":",
        "—",
        "told",
        "the",
        "\u0301",
        ".",
    ]
    for _ in range(40):
        text = "".join(rng.choice(bits) + rng.choice([" ", ""]) for _ in range(rng.randint(1, 400)))
        for a, b in spans(
            load_tagger().tag(text, [(0, len(text) // 2), (len(text) // 2, len(text) + 9)])
        ):
            assert 0 <= a < b <= len(text)
            assert text[a:b].strip() == text[a:b]


def test_unclosed_quotes_take_linear_time() -> None:
    def seconds(size: int) -> float:
        text = ("“He said it was so " * (size // 19 + 1))[:size]
        began = time.process_time()
        load_tagger().tag(text)
        return time.process_time() - began

    seconds(2000)
    short, long = seconds(10_000), seconds(100_000)
    assert long < 25 * short + 1


def test_the_same_text_gives_the_same_answer() -> None:
    assert AttributionTagger(MODEL_DIR).tag(STATEMENT) == AttributionTagger(MODEL_DIR).tag(
        STATEMENT
    )


def test_confidence_is_a_probability() -> None:
    assert all(0 < a.confidence < 1 for a in load_tagger().tag(STATEMENT))


# -- files


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(MODEL_DIR, tmp_path / "m")
    path = tmp_path / "m" / "vocab.txt"
    path.write_text(path.read_text(encoding="utf-8") + "x\n", encoding="utf-8")
    with pytest.raises(ModelError, match="sha256"):
        AttributionTagger(tmp_path / "m")


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        AttributionTagger(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"sha256": {}}))
    with pytest.raises(ModelError, match="names no"):
        AttributionTagger(tmp_path)


def test_the_model_fits_its_limit() -> None:
    assert (
        sum((MODEL_DIR / name).stat().st_size for name in ("model.onnx", "vocab.txt")) <= 25_000_000
    )
