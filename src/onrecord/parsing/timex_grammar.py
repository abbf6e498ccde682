"""The grammar of time expressions: patterns over classes of words, longest match first.

A pattern reads as words do: ``the? ordinal of MONTH``. Small letters name a class of
``knowledge/times/words.tsv`` (or a shape, such as ``clock``); capitals name a macro defined here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.parsing.timex_tokens import OTHER, Token, lexicon

MACROS = {
    "MONTH": "(?:month|maymonth)",
    "WEEKDAY": "(?:weekday|shortday)",
    "DAYNUM": "(?:day|ordnum)",
    "ORD": "(?:ordinal|ordnum|second)",
    "WORDS": "(?:(?:number|half)(?:hyphen?number|and number){0,5})",
    "COUNT": "(?:(?:num|day|year|WORDS)number?(?:hyphen?and hyphen?a hyphen?half)?)",
    "ONEUNIT": "(?:unit|quarter|second|half)",
    "UNIT": "(?:unit|units|quarter|quarters|weekend|weekends|second)",
    "SEASON": "(?:season|turnseason)",
    "PART": "(?:part|noon)",
    "REL": "(?:last|next|this|recent)",
    "APPROX": "(?:(?:about|some|no?more than|at least|at most|up to|as (?:long|much) as|very|a?much more than)about?)",
    "DATE": "(?:(?:WEEKDAY comma?)?MONTH dot?DAYNUM(?:comma?year)?|(?:WEEKDAY comma?)?(?:the?ordnum of|DAYNUM of?)MONTH dot?(?:comma?year)?|iso|slash)",
}  # fmt: skip

#: Rule name (the reader of the same name resolves it) and pattern.
RULES: list[tuple[str, str]] = [
    ("iso", "iso"),
    ("slash", "slash"),
    ("date", "(?:(?P<w>WEEKDAY)dot?comma?)?(?P<m>MONTH)dot?(?:the)?(?P<d>DAYNUM)(?:comma?(?P<y>year))?"),
    ("date", "(?:(?P<w>WEEKDAY)dot?comma?)?(?P<d>DAYNUM)hyphen?(?P<m>MONTH)(?:dot?(?:hyphen|comma)?(?P<y>year))?"),
    ("date", "(?:(?P<w>WEEKDAY)comma?)?the?(?P<d>ORD)of(?P<m>MONTH)(?:dot?comma?(?P<y>year))?"),
    ("days", "(?P<m>MONTH)dot?(?P<d>DAYNUM)hyphen(?P<e>DAYNUM)(?:comma?(?P<y>year))?"),
    ("days", "(?P<d>DAYNUM)hyphen(?P<e>DAYNUM)(?P<m>MONTH)(?:dot?comma?(?P<y>year))?"),
    ("month", "(?P<m>MONTH)(?:dot?(?:comma|of)?(?P<y>year))?"),
    ("monthdot", "(?P<m>month)dot"),
    ("month", "(?P<rel>REL)(?P<m>MONTH)"),
    ("month", "(?P<m>MONTH)(?:of)?(?P<rel>REL)unit"),
    ("year", "(?:the?unit)?(?P<y>year)"),
    ("shortyear", "apostrophe(?P<n>num|day)"),
    ("yearpair", "(?P<y>year)hyphen(?P<e>year|num|day)"),
    ("decade", "the?(?:early|mid hyphen?)?(?P<z>decade)"),
    ("decadename", "the?(?:early|mid hyphen?)?(?P<z>decadename)"),
    ("century", "the?(?:(?P<mod>early|mid)hyphen?)?(?P<o>ORD)(?:hyphen?number|hyphen?ORD)?hyphen?(?P<u>unit)"),
    ("weekday", "(?:(?:the|this)?(?P<rel>REL))?(?P<w>weekday|shortday dot?)"),
    ("weekday", "(?P<w>weekday)(?P<of>of?)(?P<rel>REL)unit"),
    ("weekdayspart", "weekdays"),
    ("nthweekday", "the?(?P<o>ORD|last)(?P<w>weekday)(?:of|in)(?P<m>MONTH)(?P<y>year)?"),
    ("nthunit", "the?(?P<o>ORD|last)(?P<u>unit|weekend|quarter|half)of(?P<m>MONTH)(?:comma?(?P<y>year))?"),
    ("weekof", "the (?P<u>unit|weekend)of(?P<m>MONTH)dot?(?P<d>DAYNUM)(?:comma?(?P<y>year))?"),
    ("partof", "the?(?P<o>ORD|last)(?P<u>quarter|half|unit)of(?:(?P<y>the?(?:fiscal unit?)?year)|the?(?P<rel>REL)(?:fiscal|school)?unit|(?P<the>the (?:fiscal|entire)?unit))"),
    ("quarternum", "quarternum (?:of?(?P<y>year)|of?(?:the)?(?P<rel>REL)unit)?"),
    ("quarternum", "(?P<y>year)hyphen?quarternum"),
    ("quarter", "(?:the|this|a)?(?P<f>fiscal)?(?P<o>ORD)(?:fiscal)?(?P<u>quarter|half)"),
    ("quarter", "(?P<f>fiscal)?(?P<o>ORD)hyphen(?:fiscal)?(?P<u>quarter|half)"),
    ("quarter", "(?:the)?(?P<f>fiscal)?(?P<o>ORD)(?:fiscal)?hyphen?(?P<u>quarter|half)(?:comma?)(?P<y>year)"),
    ("season", "(?:(?:the|this)?(?P<rel>REL)|the)?(?P<k>SEASON)(?:of?(?P<y>year))?"),
    ("season", "(?:the)?(?P<k>SEASON)of(?P<rel>REL)unit"),
    ("holiday", "(?P<rel>REL)?(?P<x>holiday)(?P<y>year)?"),
    ("named", "named"),
    ("day0", "(?P<x>day0)"),
    ("daypart", "(?:(?:the)?(?P<rel>this|that|last|next)|(?P<x>day0)|(?P<w>weekday))(?P<the>early)?(?P<p>part)"),
    ("daypart", "the?(?P<p>part|noon)of(?:(?P<w>WEEKDAY comma?)?(?P<m>MONTH)dot?(?P<d>DAYNUM)(?:comma?(?P<y>year))?|(?P<x>day0)|(?P<w2>weekday))"),
    ("daypart", "(?:the|early|mid hyphen)(?P<p>part)"),
    ("daypart", "the early (?P<p>units)of(?:(?P<w>WEEKDAY comma?)?(?P<m>MONTH)dot?(?P<d>DAYNUM)(?:comma?(?P<y>year))?|(?P<x>day0)|(?P<w2>weekday))"),
    ("daypart", "(?:the|this)?(?P<rel>REL)(?P<w>weekday)(?P<p>part|noon)"),
    ("daypart", "(?P<p>part)"),
    ("daypart", "(?P<m>MONTH)dot?(?P<d>DAYNUM)(?P<p>part)"),
    ("night0", "night0"),
    ("relunit", "(?:(?:the|that|this)?(?P<rel>REL)|(?P<rel2>that|the? same))(?P<adj>fiscal|school|entire)?(?P<u>ONEUNIT|weekend)"),
    ("relunit", "the (?P<rel>recent)(?P<u>units)"),
    ("theunit", "the (?P<adj>fiscal|entire)?(?P<u>unit|weekend|quarter)"),
    ("allunit", "all (?P<rel>this|last|next|unit|of this)(?P<u>unit|weekend|part|SEASON)?"),
    ("fiscalyear", "(?:the)?fiscal(?:unit)?(?P<y>year)"),
    ("fiscalyear", "(?:the)?(?P<y>year)fiscal unit"),
    ("unitend", "(?P<u>unit)hyphen edge"),
    ("theadjacent", "the (?P<u>unit)(?P<way>before|after|earlier|last)(?P<x>day0)?"),
    ("sameperiod", "the? same (?P<u>period|point|unit|quarter)(?:(?:of|in)?(?:the)?(?P<rel>last|that)(?P<lu>unit|quarter)|(?:of|in)?(?P<y>year)|(?P<n>a|COUNT)(?P<nu>unit|units)(?P<way>ago|earlier|before))"),
    ("shifted", "(?P<ap>APPROX)?(?P<n>a|COUNT|a?vague|a?couple of?|half a)(?:more)?(?P<u>UNIT)(?:and a half)?(?P<way>ago|earlier|later|from now)"),
    ("vagueago", "(?:(?:a?long point|a?long))(?P<way>ago)"),
    ("vagueago", "(?P<u>units)(?P<way>ago|earlier|later)"),
    ("weekago", "(?:(?P<n>a|COUNT)(?P<u>unit|units)ago)(?P<w>weekday|day0)"),
    ("yearago", "(?:the |a )(?P<u>unit)hyphen(?P<way>ago|earlier)(?:period|quarter|unit)?"),
    ("duration", "(?P<ap>APPROX)?(?P<n>COUNT|half a|a|a? vague of?|a? couple of?|some|another|a single)hyphen?(?:more|entire|kind|long)?hyphen?(?P<u>UNIT)(?P<half>and a half)?(?:hyphen long)?"),
    ("firstunits", "the?(?P<o>ORD|last)(?P<n>COUNT)(?P<u>units|quarters)of(?:(?P<y>year)|the?(?P<rel>REL)unit|(?P<t>the unit))"),
    ("firstunits", "the (?P<o>ORD)(?P<n>COUNT)(?P<u>units|quarters)"),
    ("duration", "(?P<ap>APPROX)?(?P<n>a)(?P<h>half)hyphen?(?P<u>unit|quarter|second)"),
    ("duration", "(?P<u>units)(?P<long>hyphen long)?"),
    ("unitlong", "(?P<u>unit)hyphen long"),
    ("unitlong", "longword"),
    ("theyears", "the (?P<u>units)"),
    ("rate", "a hyphen (?P<u>unit)"),
    ("duration2", "(?P<n>COUNT)hyphen?(?P<u>unit|units)and(?P<n2>a|COUNT)hyphen?(?P<u2>unit|units)"),
    ("durations", "(?P<n>COUNT)(?:(?P<to>to)|or|hyphen)(?P<e>COUNT)hyphen?(?P<u>unit|units|quarters)(?P<way>ago|earlier|later)?"),
    ("span", "(?:the|these|this)?(?P<rel>REL)(?:about)?(?P<n>COUNT|a?couple of?|vague)(?:more)?(?P<u>UNIT)"),
    ("span", "(?:the)?(?P<n>COUNT)(?P<rel>REL)(?P<u>units)"),
    ("span", "(?:the)(?P<n>)(?P<rel>last|recent)(?P<u>unit|quarter)"),
    ("manyunits", "(?P<rel>recent|next|last|the recent|the next|the last)(?P<u>units|weekends|quarters)"),
    ("setof", "each single?(?:(?P<other>other|second)|(?P<n>COUNT|couple of))?(?P<u>unit|units|weekend|quarter|weekday|part|SEASON|MONTH)"),
    ("setof", "(?:(?P<f>once|COUNT times))(?:a|each|per)(?P<u>unit)"),
    ("setof", "each weekday part"),
    ("setof", "per (?P<u>unit)"),
    ("weekends", "weekends"),
    ("adverb", "adverb"),
    ("clock", "about?(?P<t>clock|day)(?P<ap>ampm)(?P<z>open zone close|zone)?"),
    ("clock", "about?(?P<t>clock)(?:units)?(?P<z>open zone close|zone)?"),
    ("clock", "(?P<t>clock|day)(?P<ap>ampm)open zone (?P<off>plus day)close"),
    ("clock", "(?P<t>day|number)oclock(?P<z>zone)?"),
    ("clock", "about?(?P<t>noon)(?P<z>zone)?"),
    ("clock", "half last (?P<t>day|number)"),
    ("thattime", "that point"),
    ("number", "(?P<n>COUNT)(?=and COUNT hyphen?(?P<u>units|unit))"),
]  # fmt: skip

#: What may stand before an expression and belong to it: "early", "the end of", "later".
PREFIX = (
    "(?:(?:the)?(?P<mod>early|mid hyphen?)(?P<on>)|(?:the)?(?:very)?(?P<edge>edge)(?:hyphen)?of"
    "|(?P<cmp>earlier|later)(?:in|on)?)"
)
WORD = re.compile(r"\(\?P<\w+>|[A-Za-z]\w*|\s+")


class Rule(NamedTuple):
    """A pattern of the grammar and the name of its reader."""

    name: str
    pattern: re.Pattern[str]


def expand(pattern: str) -> str:
    """Turn a pattern over class names into a regular expression over codes."""

    def code(match: re.Match[str]) -> str:
        word = match.group()
        if word.startswith("(?P<"):
            return word
        if word.isspace():
            return ""
        if word in MACROS:
            return expand(MACROS[word])
        return lexicon().codes[word]

    return WORD.sub(code, pattern)


@cache
def grammar() -> dict[str, tuple[Rule, ...]]:
    """Return the rules that can begin with each code."""
    rules = [Rule(name, re.compile(expand(pattern))) for name, pattern in RULES]
    starts = [_sequence(rule.pattern.pattern, 0)[0] for rule in rules]
    return {
        code: tuple(rule for rule, first in zip(rules, starts, strict=True) if code in first)
        for code in lexicon().codes.values()
        if code != OTHER
    }


@cache
def prefix() -> re.Pattern[str]:
    """Return the pattern of what may stand before an expression."""
    return re.compile(expand(PREFIX))


def _sequence(pattern: str, place: int) -> tuple[set[str], int]:
    """Return first codes of the alternatives from ``place`` to the closing bracket, and its place.

    An empty string in the set says that the whole may match nothing.
    """
    result: set[str] = set()
    current: set[str] = {""}
    while place < len(pattern) and pattern[place] != ")":
        character = pattern[place]
        if character == "|":
            result |= current
            current = {""}
            place += 1
            continue
        if character == "(":
            inside = re.compile(r"\(\?P<\w+>|\(\?:|\(\?=|\(").match(pattern, place)
            assert inside is not None
            first, place = _sequence(pattern, inside.end())
            place += 1
        else:
            first, place = {character}, place + 1
        optional = place < len(pattern) and pattern[place] == "?"
        repeated = place < len(pattern) and pattern[place] == "{"
        if optional:
            place += 1
        elif repeated:
            optional = pattern[place + 1] == "0"
            place = pattern.index("}", place) + 1
        if "" in current:
            current = (current - {""}) | first | ({""} if optional else set())
    return result | current, place


class Hit:
    """A rule's match: its tokens, and what stood in its groups."""

    def __init__(self, items: list[Token], match: re.Match[str]) -> None:
        self.items = items
        self.match = match
        self.first = match.start()
        self.last = match.end()

    @property
    def start(self) -> int:
        """Character offset of the first token."""
        return self.items[self.first].start

    @property
    def end(self) -> int:
        """Character offset after the last token."""
        return self.items[self.last - 1].end

    def has(self, group: str) -> bool:
        """Tell whether the group took part in the match."""
        return self.match.groupdict().get(group) is not None

    def tokens(self, group: str) -> list[Token]:
        """Return the tokens of a group, none if it took no part."""
        if not self.match.groupdict().get(group):
            return []
        return self.items[self.match.start(group) : self.match.end(group)]

    def word(self, group: str) -> str:
        """Return the first word of a group in lower case, or nothing."""
        tokens = self.tokens(group)
        return tokens[0].lower if tokens else ""

    def value(self, group: str) -> str:
        """Return the lexicon's value of a group's last word, or nothing."""
        tokens = self.tokens(group)
        return tokens[-1].value if tokens else ""

    def text(self, group: str) -> str:
        """Return a group's words joined by spaces."""
        return " ".join(token.lower for token in self.tokens(group))
