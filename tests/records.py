"""Records made by hand, for tests of what is done with records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from onrecord.record import (
    Actor,
    Appointment,
    Attribution,
    Claim,
    Document,
    EventMention,
    Mention,
    Place,
    Quantity,
    Record,
    Role,
    Span,
    TimeExpression,
    When,
    identifier,
)

TEXT = """Sheinbaum rules out US strikes

Mexican President Claudia Sheinbaum ruled out US military strikes on Monday. \
“We operate in Mexico,” she told reporters. “No one else does.” \
She said fentanyl trafficking fell 50% year-on-year.

Officials of both countries will meet in Washington on January 22–23. \
Mr. Trump has offered troops."""

CLAUDIA = Actor(
    id="Q2843195",
    name="Claudia Sheinbaum",
    kind="person",
    country="MEX",
    sector="GOV",
    roles=(Role("president", country="MEX", start="2024-10-01"),),
    wikidata="Q2843195",
)
DONALD = Actor(id="Q22686", name="Donald Trump", kind="person", country="USA", sector="GOV")
MEXICO = Actor(id="MEX", name="Mexico", kind="state", country="MEX")
USA = Actor(id="USA", name="United States", kind="state", country="USA")
PRESS = Actor(id="press", name="reporters", kind="group", sector="MED")


@contextmanager
def database(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Open a database, and commit and close it at the end."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def day(first: str, last: str | None = None, span: Span | None = None) -> When:
    """Return a day, or the days from ``first`` to ``last``, as the text says them outright."""
    return When(first, last or first, "day", "explicit", span)


def at(words: str, text: str = TEXT) -> Span:
    """Return where ``words`` first stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Return the paragraphs of a text in which an empty line parts them."""
    found, start = [], 0
    for part in text.split("\n\n"):
        found.append((start, start + len(part)))
        start += len(part) + 2
    return tuple(found)


def document(text: str = TEXT, name: str = "one", published: str | None = "2026-01-13") -> Document:
    """Return an article with this text, its first line the headline."""
    parts = paragraphs(text)
    return Document(
        id=identifier("doc", name, text),
        text=text,
        title=text[slice(*parts[0])],
        publisher="The Example",
        url=f"https://news.example/{name}",
        language="en",
        published=day(published) if published else None,
        headings=parts[:1],
        paragraphs=parts[1:],
    )


def attribution(article: Document, content: tuple[Span, ...], **more: object) -> Attribution:
    """Return an attribution of ``content``, by default said by Sheinbaum."""
    values = {
        "id": identifier("attribution", article.id, content),
        "source": (),
        "cue": (),
        "content": content,
        "speaker": (CLAUDIA.id,),
        "form": "direct",
        "cue_class": "say",
        "confidence": 0.9,
        "why": "quotation marks",
    }
    return Attribution(**{**values, **more})  # type: ignore[arg-type]


def event(article: Document, trigger: Span, sentence: Span, **more: object) -> EventMention:
    """Return an event mention, by default a refusal by Mexico of the United States."""
    values = {
        "id": identifier("event", article.id, trigger, more.get("type")),
        "event": identifier("happening", article.id, trigger),
        "trigger": trigger,
        "sentence": sentence,
        "actor": (MEXICO.id,),
        "recipient": (USA.id,),
        "type": "REJECT",
        "modality": "happened",
        "quad": 3,
        "intensity": -4.0,
        "confidence": 0.8,
        "why": "rule out",
    }
    return EventMention(**{**values, **more})  # type: ignore[arg-type]


def sheinbaum(name: str = "one", published: str | None = "2026-01-13") -> Record:
    """Return the record of ``TEXT``: every list of the data model has something in it."""
    article = document(TEXT, name, published)
    said = attribution(
        article,
        (at("We operate in Mexico"), at("No one else does")),
        source=(Span(at("she told").start, at("she told").start + 3),),
        cue=(at("told"),),
        addressee=(PRESS.id,),
    )
    reported = attribution(
        article,
        (at("fentanyl trafficking fell 50% year-on-year"),),
        source=(Span(at("She said").start, at("She said").start + 3),),
        cue=(at("said"),),
        form="indirect",
        why="tagger 0.93",
        confidence=0.7,
    )
    return Record(
        document=article,
        actors=(CLAUDIA, DONALD, MEXICO, USA, PRESS),
        mentions=(Mention(at("Claudia Sheinbaum"), CLAUDIA.id, "name"),),
        times=(
            TimeExpression(at("Monday"), "DATE", "2026-01-12", day("2026-01-12")),
            TimeExpression(
                at("January 22–23"), "DATE", "2026-01-22", day("2026-01-22", "2026-01-23")
            ),
        ),
        quantities=(Quantity(at("50%"), 50.0, unit="percent"),),
        places=(Place(at("Washington"), "Washington", "USA", "DC", 38.895, -77.036, 4140963),),
        attributions=(said, reported),
        events=_events(article),
        claims=(
            Claim(
                id=identifier("claim", article.id, at("50%")),
                span=at("50%"),
                value=50.0,
                unit="percent",
                change="down",
                basis="year-on-year",
                about=at("fentanyl trafficking"),
                attribution=reported.id,
                claimant=(CLAUDIA.id,),
                confidence=0.8,
                why="fell QUANTITY",
            ),
        ),
        appointments=(
            Appointment(
                id=identifier("appointment", article.id, at("January 22–23")),
                span=at("Officials of both countries will meet in Washington on January 22–23"),
                what=at("Officials of both countries will meet in Washington"),
                when=day("2026-01-22", "2026-01-23", at("January 22–23")),
                where="Washington",
                participants=(MEXICO.id, USA.id),
                confidence=0.9,
                why="will meet DATE",
            ),
        ),
        coder={"onrecord": "0.1.0", "attributions": "sha256:ab"},
    )


def _events(article: Document) -> tuple[EventMention, ...]:
    headline = Span(*article.headings[0])
    refusal = at("Mexican President Claudia Sheinbaum ruled out US military strikes on Monday.")
    offer = at("Mr. Trump has offered troops.")
    happening = identifier("happening", article.id, "refusal")
    meeting = at("Officials of both countries will meet in Washington on January 22–23.")
    return (
        event(article, at("rules out"), headline, event=happening, confidence=0.6),
        event(
            article,
            at("ruled out"),
            refusal,
            event=happening,
            actor=(CLAUDIA.id,),
            actor_spans=(at("Mexican President Claudia Sheinbaum"),),
            when=day("2026-01-12", span=at("Monday")),
        ),
        event(
            article,
            at("offered"),
            offer,
            actor=(DONALD.id,),
            recipient=(MEXICO.id,),
            type="AID",
            mode="military",
            contexts=("military",),
            modality="offered",
            quad=2,
            intensity=7.0,
        ),
        event(article, at("will meet"), meeting, type="CONSULT", modality="planned"),
    )


COUNTRIES = ("MEX", "USA", "CAN", "GBR", "FRA", "DEU", "ITA", "ESP", "POL", "UKR", "RUS", "CHN",
             "JPN", "KOR", "IND", "PAK", "IRN", "ISR", "EGY", "BRA")  # fmt: skip


def synthetic(number: int) -> Record:
    """Return a record about as long and full as that of a real article; each number gives another.

    About 1,000 words, 12 actors, 36 mentions, 15 attributions, 12 events, 4 claims.
    """
    people = tuple(
        Actor(f"person/{at}", f"Jo Doe{at}", "person", COUNTRIES[at % len(COUNTRIES)], "GOV")
        for at in range(number % 40, number % 40 + 12)
    )
    sentences = [
        f"{people[at % 12].name} said on day {at} of year {number} that "
        f"{people[(at + 5) % 12].name} "
        f"had ruled out talks about {number * 7 + at} tonnes of steel and offered help instead."
        for at in range(36)
    ]
    text = f"Headline {number} on steel\n\n" + "\n\n".join(
        " ".join(sentences[at : at + 3]) for at in range(0, 36, 3)
    )
    day_of_month = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    article = document(text, f"synthetic-{number}", day_of_month)
    spans = [at(sentence, text) for sentence in sentences]
    return Record(
        document=article,
        actors=people,
        mentions=tuple(
            Mention(Span(span.start, span.start + 7), people[at % 12].id, "name")
            for at, span in enumerate(spans)
        ),
        times=tuple(
            TimeExpression(
                Span(span.start, span.start + 9), "DATE", day_of_month, day(day_of_month)
            )
            for span in spans[:10]
        ),
        quantities=tuple(Quantity(Span(span.start, span.end), 7.0) for span in spans[:10]),
        attributions=tuple(
            attribution(
                article,
                (Span(span.start + 30, span.end),),
                source=(Span(span.start, span.start + 7),),
                cue=(Span(span.start + 8, span.start + 12),),
                speaker=(people[at % 12].id,),
            )
            for at, span in enumerate(spans[:15])
        ),
        events=tuple(
            event(
                article,
                Span(span.end - 50, span.end - 40),
                span,
                actor=(people[at].id,),
                recipient=(people[(at + 5) % 12].id,),
            )
            for at, span in enumerate(spans[:12])
        ),
        claims=tuple(
            Claim(
                id=identifier("claim", article.id, span),
                span=Span(span.end - 60, span.end - 50),
                value=float(number),
                unit="tonne",
                claimant=(people[at].id,),
                confidence=0.7,
                why="made",
            )
            for at, span in enumerate(spans[20:24])
        ),
        appointments=tuple(
            Appointment(
                id=identifier("appointment", article.id, span),
                span=span,
                what=span,
                when=day(day_of_month),
                participants=(people[at].id, people[at + 1].id),
                confidence=0.7,
                why="made",
            )
            for at, span in enumerate(spans[30:32])
        ),
        coder={"onrecord": "0.1.0"},
    )
