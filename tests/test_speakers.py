"""Who speaks: what the words of a source mean, and who is spoken to."""

from __future__ import annotations

import pytest

from articles import annotated
from onrecord.coding.drafts import Draft
from onrecord.coding.speakers import speakers_of
from onrecord.record import Span


def speakers(text: str, source: str, published: str | None = "2016-09-20") -> list[str]:
    """Return the names of the speakers that ``source`` means at its last place in ``text``."""
    parsed = annotated(text, published)
    start = text.rindex(source)
    draft = Draft([Span(start, start + len(source))], [], [Span(0, 1)])
    return [parsed.actors[actor].name for actor in speakers_of(parsed, draft)]


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        (
            "Some 47 percent of Cuban Americans said they would vote.",
            "Some 47 percent of Cuban Americans",
            ["Cuban Americans"],
        ),
        (
            "A number of other senators said they would vote against it.",
            "A number of other senators",
            ["other senators"],
        ),
        ("Americans say that the country is on the wrong track.", "Americans", ["Americans"]),
        (
            "Angela Merkel and Emmanuel Macron's first reaction was to say no.",
            "Angela Merkel and Emmanuel Macron's",
            ["Angela Merkel", "Emmanuel Macron"],
        ),
        (
            "Two objectors, Lawrence Joyce and William Graham, said the vote was void.",
            "Two objectors, Lawrence Joyce and William Graham,",
            ["Lawrence Joyce", "William Graham"],
        ),
        (
            "In its latest issue, National Review’s Ian Tuttle wrote that it was over.",
            "National Review’s Ian Tuttle",
            ["Ian Tuttle"],
        ),
        ("The vote went to voters who say they fear war.", "who", ["voters"]),
    ],
)
def test_a_source_means_people(text: str, source: str, names: list[str]) -> None:
    assert speakers(text, source) == names


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        (
            "Michele Bachmann met him, according to an account she gave to reporters.",
            "an account she gave to reporters",
            ["Michele Bachmann"],
        ),
        (
            "A poll of 400 voters released on Friday by Gallup shows a tie.",
            "A poll of 400 voters released on Friday by Gallup",
            ["Gallup"],
        ),
        (
            "A new Latino Decisions poll released on Friday shows a tie.",
            "A new Latino Decisions poll",
            ["Latino Decisions"],
        ),
        (
            "The Washington Post published an article on Ohio.\n\nThe piece says that jobs are few.",
            "The piece",
            ["The Washington Post"],
        ),
    ],
)
def test_a_document_speaks_for_its_maker(text: str, source: str, names: list[str]) -> None:
    assert speakers(text, source) == names


@pytest.mark.parametrize("source", ["The two", "Both"])
def test_two_people_are_those_named_together(source: str) -> None:
    text = (
        "Bernie Sanders and Hillary Clinton met in Ohio, where Barack Obama was absent.\n\n"
        f"{source} said that jobs came first."
    )
    assert sorted(speakers(text, source)) == ["Bernie Sanders", "Hillary Clinton"]


def test_they_are_the_two_named_before() -> None:
    text = (
        "Bernie Sanders met Hillary Clinton at the debate. The two squabbled over immigration. "
        "They argued again over health care."
    )
    assert sorted(speakers(text, "They")) == ["Bernie Sanders", "Hillary Clinton"]


def test_a_campaign_is_called_after_its_candidate() -> None:
    text = "Marco Rubio lost in Ohio. His campaign said that he would go on."
    assert speakers(text, "His campaign") == ["Rubio campaign"]
