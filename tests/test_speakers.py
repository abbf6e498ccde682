"""Who speaks: what the words of a source mean, and who is spoken to."""

from __future__ import annotations

import msgspec
import pytest

from articles import annotated, document
from onrecord.coding.attributions import find_attributions
from onrecord.coding.drafts import Draft
from onrecord.coding.speakers import speakers_of
from onrecord.coding.writers import writer_at
from onrecord.parsing import annotate
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


def test_a_relation_given_before_names_the_person() -> None:
    text = (
        "An attorney for Bryan Pagliano, Mark MacDougall, spoke on Friday.\n\n"
        "Pagliano's lawyer said that he would not come."
    )
    assert speakers(text, "Pagliano's lawyer") == ["Mark MacDougall"]


def test_a_campaign_is_called_after_its_candidate() -> None:
    text = "Marco Rubio lost in Ohio. His campaign said that he would go on."
    assert speakers(text, "His campaign") == ["Rubio campaign"]


TRANSCRIPT = (
    "Partial transcript as follows:\n\n“WALLACE: Will she be there?\n\n"
    "“PENCE: She will not be attending.\n\n“I think so.\n\n“WALLACE: Are they equal?\n\n"
    "“PENCE: Look, they are not."
)


def coded(text: str) -> list[tuple[str, str, str]]:
    """Return speakers, addressees and form of the outermost attributions of a text."""
    parsed = annotated(text, "2016-09-20")
    found = find_attributions(parsed)
    names = [
        ["; ".join(parsed.actors[a].name for a in who) for who in (row.speaker, row.addressee)]
        for row in found
        if row.parent is None
    ]
    forms = [row.form for row in found if row.parent is None]
    return [(who, to, form) for (who, to), form in zip(names, forms, strict=True)]


def test_the_turns_of_a_transcript_are_said_to_the_other() -> None:
    turns = coded(TRANSCRIPT)
    assert [(who.lower(), form) for who, _, form in turns] == [
        ("wallace", "direct"),
        ("mike pence", "direct"),
        ("wallace", "direct"),
        ("mike pence", "direct"),
    ]
    assert [to.lower() for _, to, _ in turns][:2] == ["mike pence", "wallace"]


def test_a_paragraph_that_reopens_its_quotation_goes_on() -> None:
    parsed = annotated(TRANSCRIPT)
    texts = [" … ".join(s.of(TRANSCRIPT) for s in row.content) for row in find_attributions(parsed)]
    assert "She will not be attending. … “I think so." in texts


@pytest.mark.parametrize(
    ("text", "hearer"),
    [
        ("Speaking to reporters in Ohio, Donald Trump said that he would win.", "reporters"),
        ("Donald Trump offered some advice to Barack Obama: “Go home.”", "Barack Obama"),
        ("Canova wrote to his 20,000 followers, “It is time to end her career.”", "followers"),
        ("At a breakfast with the delegates, Ted Cruz said that he was sorry.", "delegates"),
        ("Hillary Clinton urged African-Americans to vote in November.", "African-Americans"),
        (
            "“Of course it is not,” Ted Cruz said in response to a question from a reporter.",
            "reporter",
        ),
        (
            "Donald Trump spoke to a gathering of miners, promising that coal would return.",
            "miners",
        ),
    ],
)
def test_who_hears_it(text: str, hearer: str) -> None:
    assert hearer in [to for _, to, _ in coded(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“He is a unifier,” Donald Trump said, referring to Barack Obama.",
        "Barack Obama is popular, according to Gallup.",
        "Jokes are told, the officials said.",
    ],
)
def test_who_is_only_spoken_of_hears_nothing(text: str) -> None:
    assert [to for _, to, _ in coded(text) if to] == []


LETTERS = (
    "Hold her to his standards.\n\nMany friends of mine are immigrants and I know how hard it is "
    "for them, so I think that the president should say more about it.\n\nKathryn Kates.\n\n"
    "New York.\n\nI despise him because his speech is full of hate.\n\n@someone.\n\n"
    "I hope that she will speak of it soon, as she once said that she would do.\n\n"
    "Martin Litwak.\n\nOlympia, Wash."
)


def test_a_letter_is_its_signers() -> None:
    parsed = annotated(LETTERS)
    writers = [writer_at(parsed, LETTERS.index(words)) for words in ("I think", "I desp", "I hope")]
    names = [parsed.actors[actor].name for writer in writers for actor in writer]
    assert names == ["Kathryn Kates", "@someone", "Martin Litwak"]


def test_a_column_is_its_authors() -> None:
    text = "I think that this is wrong."
    parsed = annotate(msgspec.structs.replace(document(text), byline="Jane Doe"))
    assert [parsed.actors[actor].name for actor in writer_at(parsed, 0)] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("headline", "source", "name"),
    [
        ("Lawmaker urges sanctions on Russia", "Lawmaker", "Adam Schiff"),
        ("Retired General Tells Of His Years In Office", "Retired General", "Norman Ham"),
        ("Top aide praises talks with Russia", "Top aide", "aide"),
    ],
)
def test_a_headline_announces_who_speaks(headline: str, source: str, name: str) -> None:
    lead = {
        "Adam Schiff": "Rep. Adam Schiff called on Barack Obama to act.",
        "Norman Ham": "Retired Gen. Norman Ham said that it was hard.",
        "aide": "Barack Obama said on Friday that the talks went well.",
    }[name]
    assert speakers(f"{headline}\n\n{lead}", source) == [name]


def test_two_of_whom_only_one_is_meant_are_no_pair() -> None:
    text = (
        "Whether it is Ted Cruz or Paul Ryan, Republicans like the idea. "
        "They said that gold would be better."
    )
    assert speakers(text, "They") == ["Republicans"]


def test_a_headline_may_quote_capitalised_words() -> None:
    text = "Trump ‘The Dealmaker’ Could Cut Taxes, Lindsey Graham Says\n\nIt was on Monday."
    assert [form for who, _, form in coded(text) if who == "Lindsey Graham"] == ["mixed"]


def test_he_is_who_was_just_introduced_and_speaks() -> None:
    text = (
        "Paul Ryan met reporters on Monday. Ryan said that they are planting the seeds.\n\n"
        "Lee Zeldin of New York, a Trump supporter, said it would help both.\n\n"
        "“I don’t think it is do or die,” he said."
    )
    assert speakers(text, "he") == ["Lee Zeldin"]


PRONOUNS = {
    "nobody names himself in his own words": (
        "David Stockman has been pushing for Donald Trump to own the issue. “By embracing it, Donald "
        "Trump could leap to the left of Hillary Clinton,” he wrote.",
        "he",
        ["David Stockman"],
    ),
    "a long quotation is one step": (
        "Florida developer Mel Sembler was dismayed at the thought of Donald Trump. “I kept telling "
        "myself no. That cannot happen. Not here. Not to us. Now I fear it may happen,” he said.",
        "he",
        ["Mel Sembler"],
    ),
    "who is quoted with according to has spoken": (
        "According to Norman Ham, many disagreed with Barack Obama’s policies.\n\n"
        "“We are on our fourth secretary of defense,” he said.",
        "he",
        ["Norman Ham"],
    ),
    "the clause that reports comes before what it reports": (
        "“I never said no,” Eric Trump wrote on Monday, meaning he had not said that Donald Trump had "
        "given nothing. But he said he was too busy to look.",
        "he said he",
        ["Eric Trump"],
    ),
    "those counted are the subject": (
        "An increasing number of Democrats are warning against it. If she is mild to voters, the debate "
        "could be decisive, they say.",
        "they",
        ["Democrats"],
    ),
    "who said it, not those it was said of": (
        "Former prosecutors said investigators were feeling the pressure. Act before the election, "
        "they said, and you take a risk.",
        "they",
        ["Former prosecutors"],
    ),
    "he and his partner": (
        "Manny Gomez said seeing police officers was a welcome sight. He and his partner came because "
        "they wanted to show that they cannot be scared.",
        "they wanted",
        ["Manny Gomez", "partner"],
    ),
    "who only repeats the noun before it": (
        "These Republicans prefer it to pro-life groups and candidates who take a hard line. They say "
        "that it works.",
        "They",
        ["Republicans"],
    ),
    "a document that speaks": (
        "Two fathers have filed a lawsuit in Libya. The lawsuit contends that the deaths were caused by "
        "neglect. It accuses her of lying.",
        "It",
        ["lawsuit"],
    ),
    "a country that speaks": (
        "China has rejected the report. It says that the islands are its own.",
        "It",
        ["China"],
    ),
}


@pytest.mark.parametrize("name", PRONOUNS)
def test_a_pronoun_that_speaks_means(name: str) -> None:
    text, pronoun, expected = PRONOUNS[name]
    word = pronoun.split()[0]
    start = text.rindex(pronoun)
    parsed = annotated(text, "2016-09-20")
    draft = Draft([Span(start, start + len(word))], [], [Span(0, 1)])
    assert [parsed.actors[actor].name for actor in speakers_of(parsed, draft)] == expected


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("A 34-year-old said she was afraid.", "A 34-year-old", "34-year-old"),
        ("Even the left-leaning economists said no.", "the left-leaning economists", "left-leaning economists"),
        ("Some 52 per cent of British people said yes.", "Some 52 per cent of British people", "British people"),
        ("Two-thirds of those in town said yes.", "Two-thirds of those", "those"),
    ],
)  # fmt: skip
def test_the_name_of_the_unnamed_is_whole(text: str, source: str, name: str) -> None:
    assert speakers(text, source) == [name]


def test_an_article_defines_its_own_abbreviations() -> None:
    text = "The Alliance for Change (AFC) won nine seats in Guyana. The AFC said it would join."
    assert speakers(text, "The AFC") == ["Alliance for Change"]


def test_a_defined_abbreviation_keeps_the_actor_that_the_tables_know() -> None:
    parsed = annotated("The World Health Organisation (WHO) met. The WHO said no.", "2016-09-20")
    found = {actor for mention in parsed.mentions for actor in mention.actors}
    assert len(found) == 1
    assert found.pop().startswith("organisation/")


def test_answers_are_the_interviewed_persons() -> None:
    text = (
        "Donald Trump wants a wall. The Post spoke with Maria Lopez of Tijuana about it.\n\n"
        "Q: What did President Trump tell you?\n\nA: He told me that it would be built.\n\n"
        "Q: Would Mexico pay?\n\nA: No. We will never pay.\n\n"
        "Q: Has Mr. Trump replied?\n\nA: He has not."
    )
    parsed = annotated(text)
    speaking = [
        tuple([parsed.actors[a].name for a in who] for who in (row.speaker, row.addressee))
        for row in find_attributions(parsed)
        if row.parent is None
    ]
    assert speaking == [([], ["Maria Lopez"]), (["Maria Lopez"], [])] * 3


def test_answers_to_bold_questions_are_the_interviewed_persons() -> None:
    text = (
        "Nasser Saidi warned of a collapse. He spoke to Rana Haddad in his office.\n\n"
        "**Did you expect it so soon?**\n\nNo. I think that nobody did.\n\n"
        "**And what comes next?**\n\nI fear it will be worse."
    )
    parsed = annotated(text)
    said = [[parsed.actors[a].name for a in row.speaker] for row in find_attributions(parsed)]
    assert said == [["Nasser Saidi"]] * len(said)
    assert len(said) >= 2


@pytest.mark.parametrize("word", ["economy", "interior"])
def test_a_ministry_is_no_other_body(word: str) -> None:
    text = f"Bureau for Human Rights said 20 were held. The {word} ministry said it was four."
    assert "Bureau for Human Rights" not in speakers(text, f"The {word} ministry")


def test_a_deputy_is_not_the_holder() -> None:
    text = (
        "Nasser Saidi, a former vice-governor of the bank, spoke. It rained. Shops were shut. "
        "Prices rose. The governor said it was false."
    )
    assert speakers(text, "The governor") != ["Nasser Saidi"]
