"""The index of names: which actors a name may mean, and who held which office on a day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from onrecord.knowledge.actors.rows import Agent, Organisation, Region, State, Tenure, Title
from onrecord.knowledge.tables import FOLDER, read_table
from onrecord.record import Actor, Role

Use = Literal["name", "adjective", "people", "metonym"]
_ORGANISATION_TABLES = ("organisations", "armed-groups", "parties", "companies", "media")
# Offices whose holders the news names by surname alone, most prominent first.
PROMINENCE = (
    "president", "prime minister", "chancellor", "supreme leader", "monarch", "vice president",
    "secretary-general", "head of state", "acting president", "party leader", "foreign minister",
    "secretary of state", "candidate", "leader", "defence minister", "defence secretary",
    "opposition leader", "crown prince", "interior minister", "attorney general",
    "chief executive", "chair", "senate leader", "parliament speaker",
)  # fmt: skip
#: Of these, the offices whose holders are named so in articles about other countries too.
WORLDWIDE = frozenset(PROMINENCE[:9])
_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "ben",
        "de",
        "da",
        "do",
        "dos",
        "della",
        "van",
        "von",
        "der",
        "den",
        "el",
        "le",
        "la",
        "du",
        "di",
    ]
)
_NO_OFFICE = frozenset(("opposition leader", "party leader", "candidate", "leader", "founder"))
_SUFFIXES = frozenset({"Jr", "Sr", *"II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split()})


@dataclass(frozen=True)
class Candidate:
    """One actor that a name may mean, and how the name is used for it."""

    actor: str
    use: Use


@dataclass
class ActorTable:
    """All actors we know by name. ``names`` maps a folded name to its candidates."""

    actors: dict[str, Actor] = field(default_factory=dict)
    names: dict[str, list[Candidate]] = field(default_factory=dict)
    surnames: dict[str, list[str]] = field(default_factory=dict)
    bare_names: dict[str, list[str]] = field(default_factory=dict)
    genders: dict[str, Literal["m", "f"]] = field(default_factory=dict)
    tenures: dict[str, list[Tenure]] = field(default_factory=dict)
    offices: dict[tuple[str, str], list[tuple[Tenure, str]]] = field(default_factory=dict)
    agents: dict[str, Agent] = field(default_factory=dict)
    plurals: dict[str, Agent] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    first_words: dict[str, int] = field(default_factory=dict)

    def candidates(self, name: str) -> list[Candidate]:
        """Return the actors that ``name`` may mean, in the order of the tables."""
        return self.names.get(fold(name), [])

    def agent(self, word: str, lemma: str) -> Agent | None:
        """Return the entry of a generic noun, by its lemma or as a plural that has none."""
        return self.agents.get(lemma) or self.plurals.get(word.lower())

    def holder(self, country: str, role: str, day: str | None) -> str | None:
        """Return who held an office on a day (ISO date), the latest to take it if several.

        Without a day nothing is assumed: none.
        """
        if day is None:
            return None
        holders = [(t.start or "", who) for t, who in self.offices.get((country, role), [])
                   if t.holds(day)]  # fmt: skip
        return max(holders)[1] if holders else None

    def prominence(self, person: str, day: str | None) -> float:
        """Rank how likely a bare surname means this person on a day; 0 is not at all."""
        best = 0.0
        for tenure in self.tenures.get(person, []):
            if tenure.role in PROMINENCE:
                rank = 1.0 - PROMINENCE.index(tenure.role) / (2 * len(PROMINENCE))
                best = max(best, rank * _nearness(tenure, day))
        return best

    def add_name(self, name: str, candidate: Candidate) -> None:
        """Let ``name`` mean ``candidate`` too."""
        key = fold(name)
        found = self.names.setdefault(key, [])
        if candidate not in found:
            found.append(candidate)
        first = _FIRST.match(key)
        word = first.group() if first else key
        self.first_words[word] = max(self.first_words.get(word, 0), len(_PIECES.findall(key)))


_FIRST = re.compile(r"[^\s-]+")
_PIECES = re.compile(r"[\w.]+|[^\w\s]")


def _nearness(tenure: Tenure, day: str | None) -> float:
    """1 in office, falling to 0 twelve years after it; before it 0.5, falling in three years."""
    if day is None:
        return 0.5 if tenure.end is None else 0.3
    if tenure.holds(day):
        return 1.0
    year = int(day[:4])
    if tenure.end is not None and tenure.end[:4] <= day[:4]:
        return max(0.0, 0.85 - 0.07 * (year - int(tenure.end[:4])))
    if tenure.start is not None:
        return max(0.0, 0.5 - 0.15 * (int(tenure.start[:4]) - year))
    return 0.0


def sector_on(tenures: list[Tenure], day: str | None) -> str | None:
    """Return the sector of a person's office on a day; without one, of the office last held.

    Of offices held at once, one in government counts before one in a party.
    """
    held = [t for t in tenures if t.sector and (day is None or t.holds(day))]
    if day is not None and any(t.sector == "GOV" for t in held):
        return "GOV"
    held = held or [t for t in tenures if t.sector and (day is None or (t.start or "") <= day)]
    if not held:
        return next((t.sector for t in tenures if t.sector), None)
    return max(held, key=lambda t: (t.end or "9999", t.sector == "GOV", t.start or "")).sector


_ODD = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "ı": "i", "ł": "l", "Ł": "L",
    "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ə": "a",
})  # fmt: skip


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Fold a name for comparison: no accents, straight apostrophes, single blanks, case kept."""
    if not name.isascii():
        name = "".join(
            char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
        )
        name = name.translate(_ODD)
    return " ".join(name.split())


def slug(name: str) -> str:
    """Return a name as lower-case words joined by hyphens, for ids."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


#: A given name of two syllables, the second small: "Jae-ho", "Soon-ja".
_KOREAN = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,5}")


def surname(name: str) -> str:
    """Return the surname of a person's full name, with its particles ("bin Salman").

    It is the first word where the last is a Korean given name ("Kim Jae-ho").
    """
    words = [word for word in name.split() if word.rstrip(".,") not in _SUFFIXES]
    if len(words) == 2 and _KOREAN.fullmatch(words[1]):
        return words[0]
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return " ".join(words[max(first, 0) :]).rstrip(",")


@lru_cache(maxsize=1)
def actor_table() -> ActorTable:
    """Read all tables once. Raises ``KnowledgeError`` naming file, line and reason."""
    return build_table(FOLDER / "actors")


def build_table(folder: Path) -> ActorTable:
    """Build the index from the tables in ``folder``."""
    table = ActorTable()
    _add_states(table, read_table(folder / "states.tsv", State))
    _add_regions(table, read_table(folder / "regions.tsv", Region))
    for name in _ORGANISATION_TABLES:
        _add_organisations(table, read_table(folder / f"{name}.tsv", Organisation))
    for path in sorted(folder.glob("people-*.tsv")):
        _add_people(table, read_table(path, Tenure))
    for agent in read_table(folder / "agents.tsv", Agent):
        table.agents[agent.noun.lower()] = agent
        if agent.plural:
            table.plurals[agent.plural.lower()] = agent
    for title in read_table(folder / "titles.tsv", Title):
        for form in title.title:
            table.titles.setdefault(form.lower().rstrip("."), title)
    return table


def _add_states(table: ActorTable, states: Iterable[State]) -> None:
    for state in states:
        identifier = f"state/{state.id}"
        table.states[state.id] = state
        table.actors[identifier] = Actor(
            identifier, state.name, "state", state.id, "GOV", wikidata=state.wikidata
        )
        uses: tuple[tuple[Use, tuple[str, ...]], ...] = (
            ("name", (state.name, *state.aliases)),
            ("adjective", state.adjectives),
            ("people", state.people),
            ("metonym", state.metonyms),
        )
        for use, names in uses:
            for name in names:
                table.add_name(name, Candidate(identifier, use))


def _add_regions(table: ActorTable, regions: Iterable[Region]) -> None:
    for region in regions:
        identifier = f"region/{region.id}"
        table.regions[identifier] = region
        table.actors[identifier] = Actor(identifier, region.name, "state", region.country, "GOV")
        for name in (region.name, *region.aliases):
            table.add_name(name, Candidate(identifier, "name"))
        for name in region.adjectives:
            table.add_name(name, Candidate(identifier, "adjective"))


def _add_organisations(table: ActorTable, organisations: Iterable[Organisation]) -> None:
    for row in organisations:
        identifier = f"{row.kind.replace(' ', '-')}/{row.id}"
        table.actors[identifier] = Actor(
            identifier, row.name, row.kind, row.country, row.sector, wikidata=row.wikidata
        )
        for name in (row.name, *row.aliases):
            table.add_name(name, Candidate(identifier, "name"))


def _add_people(table: ActorTable, tenures: Iterable[Tenure]) -> None:
    people: dict[tuple[str, str], list[Tenure]] = {}
    for tenure in tenures:
        people.setdefault((tenure.name, tenure.country), []).append(tenure)
    for (name, country), rows in people.items():
        identifier = f"person/{slug(name)}"
        known = table.actors.get(identifier)
        if known is not None and known.country != country:
            if _one_person(table, table.tenures[identifier], rows):
                country = _last_country([*table.tenures[identifier], *rows])
            else:
                identifier = f"{identifier}-{country.lower()}"
        _add_person(table, identifier, name, country, rows)


def _one_person(table: ActorTable, one: list[Tenure], other: list[Tenure]) -> bool:
    """Tell whether rows of one name in two countries are one person's.

    They are where a state ended (the Soviet Union and Georgia) or where no two offices of theirs
    were held at once (governor of the Bank of Canada, then of the Bank of England).
    """
    if any(table.states[row.country].end for row in (*one, *other) if row.country in table.states):
        return True
    return not any(
        (a.start or "") < (b.end or "9999") and (b.start or "") < (a.end or "9999")
        for a in one for b in other
        if a.country != b.country and not {a.role, b.role} & _NO_OFFICE
    )  # fmt: skip


def _last_country(rows: list[Tenure]) -> str:
    return max(rows, key=lambda row: (row.end or "9999", row.start or "")).country


def _add_person(
    table: ActorTable, identifier: str, name: str, country: str, rows: list[Tenure]
) -> None:
    tenures = table.tenures.setdefault(identifier, [])
    tenures.extend(rows)
    roles = tuple(Role(t.role, t.country, t.organisation, t.start, t.end) for t in tenures)
    sector = sector_on(tenures, None)
    wikidata = next((t.wikidata for t in tenures if t.wikidata), None)
    table.actors[identifier] = Actor(identifier, name, "person", country, sector, roles, wikidata)
    table.genders[identifier] = rows[0].gender
    for alias in dict.fromkeys((name, *(alias for row in rows for alias in row.aliases))):
        if " " in alias:
            table.add_name(alias, Candidate(identifier, "name"))
            if not alias.startswith(f"{name} "):  # "Manuel Marrero Cruz" goes by Marrero
                _add_surname(table, surname(alias), identifier)
        else:
            _add_surname(table, alias, identifier)
            table.bare_names.setdefault(identifier, []).append(alias)
    for row in rows:
        office = (row.organisation or row.country, row.role)
        table.offices.setdefault(office, []).append((row, identifier))


def _add_surname(table: ActorTable, name: str, identifier: str) -> None:
    holders = table.surnames.setdefault(fold(name), [])
    if identifier not in holders:
        holders.append(identifier)
