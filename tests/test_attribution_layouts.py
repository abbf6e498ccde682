from __future__ import annotations

from articles import annotated
from onrecord.coding.attribution_quotations import repair
from onrecord.coding.attributions import find_attributions
from onrecord.coding.drafts import Draft
from onrecord.record import Attribution, Span

DEBATE = """Excerpts of the debate

MODERATOR: Good evening. Why do so many people distrust her?

KAINE: When Donald Trump says women should be punished, that tells you something.

And I will tell you one more thing. I would trust her with the life of my son.

(APPLAUSE)

PENCE: Senator, he has built a business. As “The Wall Street Journal” wrote, it made money.

MODERATOR: Governor, please.

The debate went on for an hour."""

SIGNED = """"This is a shame for the country and for its children."
— Angela Brown, teacher, Ohio

"I lost my job. I lost my house. Nobody came to help us." – Tom Reed Jr."""


def outer(text: str) -> list[Attribution]:
    return [row for row in find_attributions(annotated(text)) if row.parent is None]


def words(text: str, spans: tuple[Span, ...] | list[Span]) -> list[str]:
    return [span.of(text) for span in spans]


def test_turns_of_a_transcript() -> None:
    rows = outer(DEBATE)
    assert [words(DEBATE, row.source) for row in rows] == [
        ["MODERATOR"], ["KAINE"], ["PENCE"], ["MODERATOR"],
    ]  # fmt: skip
    kaine = words(DEBATE, rows[1].content)
    assert len(kaine) == 2
    assert kaine[1].startswith("And I will")
    assert kaine[1].endswith("my son.")
    assert words(DEBATE, rows[2].content)[0].endswith("it made money.")
    assert all(row.form == "direct" for row in rows)


def test_what_somebody_is_said_to_say_in_a_turn_is_nested() -> None:
    rows = find_attributions(annotated(DEBATE))
    nested = [row for row in rows if row.parent is not None]
    assert ["Donald Trump"] in [words(DEBATE, row.source) for row in nested]
    assert not any("“The Wall" in DEBATE[row.content[0].start :][:9] for row in rows)


def test_one_name_with_a_colon_is_no_transcript() -> None:
    text = "WARNING: The road is closed for a week.\n\nThe police said the bridge was unsafe."
    assert all(words(text, row.source) != ["WARNING"] for row in outer(text))


def test_signed_quotations() -> None:
    rows = outer(SIGNED)
    assert [words(SIGNED, row.source) for row in rows] == [["Angela Brown"], ["Tom Reed Jr"]]
    assert words(SIGNED, rows[0].content) == [
        '"This is a shame for the country and for its children."'
    ]


def test_a_dash_inside_a_sentence_signs_nothing() -> None:
    text = "“We are ready to go now” — Paris was told so twice, and nothing came of it, he said."
    assert all("signature" not in row.why for row in outer(text))


def test_a_quotation_is_one_persons() -> None:
    text = (
        "“The report is nearly unanimous against you on this,” Ann Lee said. “Read it,” she added."
    )
    parsed = annotated(text)
    whole = text.index("”") + 1
    first = Draft([Span(*find(text, "Ann Lee"))], [Span(*find(text, "said"))], [Span(0, 40)])
    second = Draft(
        [Span(*find(text, "she"))], [Span(*find(text, "added"))],
        [Span(41, whole), Span(*find(text, "“Read it,”"))],
    )  # fmt: skip
    assert repair(parsed, [first, second]) == [first, second]
    assert first.content == [Span(0, whole)]
    assert words(text, second.content) == ["“Read it,”"]


def test_words_without_a_verb_beside_a_quoted_sentence_are_dropped() -> None:
    text = "“It has the virtue of being cheap,” Ann Lee said of the mayor's plan. “It is fair.”"
    parsed = annotated(text)
    draft = Draft(
        [Span(*find(text, "Ann Lee"))], [Span(*find(text, "said"))],
        [Span(0, 35), Span(*find(text, "the mayor's plan")), Span(*find(text, "“It is fair.”"))],
    )  # fmt: skip
    (mended,) = repair(parsed, [draft])
    assert words(text, mended.content) == ["“It has the virtue of being cheap,”", "“It is fair.”"]


def test_the_reporters_but_is_not_said() -> None:
    text = "But the ministry will close the port in May, Angela Merkel said."
    assert words(text, outer(text)[0].content) == ["the ministry will close the port in May"]


def find(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)
