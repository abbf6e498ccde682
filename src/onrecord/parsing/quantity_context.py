"""Words around a number that change what it is: approximators, names, ages, pronouns, votes."""

from __future__ import annotations

import re

from onrecord.knowledge.quantities import bound_beside
from onrecord.parsing.quantity_numbers import number_words

AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age of|the age|turned|turns|turning)\s(?:of\s|only\s|just\s)?$", re.I
)
AGE_AFTER = re.compile(
    r"(?:\s?[-–]?\s?(?:to|and|or|[-–])\s?\d{1,2})?(?:\s?[-–]?\s?(?:(?:year|month|week|day|yr)s?[\s-]?olds?\b|years? of age)|-year-old|\syears old)"
)
VOTE = re.compile(r"\b(?:vot\w+|by|won|win|wins|beat|lost|lead|led|score[ds]?|passed|approved|split|defeat\w*|margin of|ruled|tied|drew)\b[^.]{0,24}$")  # fmt: skip
VOTE_AFTER = re.compile(
    r"\s(?:vote|margin|win|victory|loss|defeat|decision|ruling|split|majority|lead|draw|in favou?r)"
)
STREET = re.compile(r"\s(?:[A-Z][\w.']+\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Square|Place|Court|Terrace|Way)\b")  # fmt: skip
NAME_BEFORE = re.compile(
    r"(?:^|[\s(\"“'‘])([A-Z][\w&.’']*|No\.?|no\.|Nos\.|nos\.|[Nn]umber|#|№|nr\.?|version)[\s-]?$"
)
FUNCTION = frozenset(
    "A About Above After Again All Almost Also Although An And Another Any Around As At Because Before Behind Below Between "
    "Beyond Both But By Despite During Each Either Even Every Exactly Few First For From Had Has Have He Her Here His How If "
    "In Inside Into Is It Its Just Last Least Less Like Many More Most Much Nearly Neither Next No Nor Not Now Of Off On One "
    "Only Or Other Our Out Outside Over Overall Part Per Perhaps Plus Rather Roughly She Since So Some Still Such Than That "
    "The Their Them Then There These They This Those Though Through Thus To Today Together Too Total Toward Under Unlike Until "
    "Up Upon Was We Were What When Where Whether Which While Who Why With Within Without Would Yet You Your Yes".split()
)
COUNTED_AFTER = re.compile(r"\s(?:of\s(?:the|its|their|those|these|all)\b|(?:[a-z][\w-]+\s){0,2}[a-z][\w-]*(?:s|people|men|women|children|troops|police|per)\b)")  # fmt: skip
NAMING = frozenset(
    "Article Section Chapter Resolution Flight Boeing Airbus Highway Interstate Route Title Amendment Proposition Prop Rule "
    "Page Figure Table Exercise Room Gate Channel Area Apollo Group Windows Formula Level Phase Grade Type Class Unit Zone "
    "Lot Model Peugeot Fiat Chapter Psalm Act Scene Volume Vol Issue Part Line Bus Track Platform Pier Terminal Building "
    "Camp Station Ward District Precinct Game Week Day Year Episode Season Round Stage Tier Category Nikkei FTSE Stoxx "
    "Dow Fortune Russell Rule Form Question Item Point Appendix Annex Exhibit Case Count Directive Regulation Law Bill Ballot "
    "Measure Euro Falcon Soyuz Mach Covid COVID iPhone Galaxy Pixel Version Agenda Project Vision Catch Studio Forever "
    "Juventus Hannover Schalke Local Troop Battalion Company Squadron Brigade Division Super Nos No Number number version "
    "Exercises exercise nr nrs".split()
)
PRONOUN_AFTER = re.compile(
    r"(?:\s(?:of|another|by one|or the other|who|that|which|whose|is|was|has|had|can|could|must|should|would|will|may|might|"
    r"does|did|thing|day|side|hand|way|on one|most|feels?|more thing|such|wonders|expects|needs|wants|another's|and only|else|at a time|too)\b|['’]s\b|-(?:time|on-one|sided|way|off|and-done|liner))",
    re.I,
)  # fmt: skip
PRONOUN_BEFORE = re.compile(
    r"\b(?:no|any|some|every|each|this|that|which|the|another|another|only|first|last|next|right|wrong|other|new|old|good|bad|"
    r"big|loved|whole|young|former|latter|such an?|an?|by|it['’]s|at|for|is|as|not|be)\s$",
    re.I,
)


LOWER_NAME = re.compile(
    r"\b(?:page|pages|chapter|section|article|phase|stage|season|episode|volume|grade|line|"
    r"type|route|highway|room|gate|item|figure|table|question|rule|step|clause|paragraph|verse|"
    r"number|no|channel|Group of|flight|apartment|unit|round)\s$"
)
TELEPHONE = re.compile(r"\)\s$|\b(?:call|phone|tel|hotline)\W{1,3}$", re.I)


def is_approximate(text: str, start: int, end: int) -> bool:
    """Tell whether a word before or after the number makes it inexact: "nearly", "or so"."""
    return bound_beside(text, start, end) is not None


HALF_BEFORE = re.compile(
    r"\b(?:by|nearly|almost|about|over|than|around|roughly|least|only|just|exactly|up|down|other|"
    r"approximately|to|in|with|some)\s(?:an?\s|one\s)?$"
)
HALF_AFTER = re.compile(
    r"\sof\b|\s(?:a|an|the|its|their|his|her|our|that|those|all|as)\s|-(?:a-)?(?:million|billion|dozen)"
)
QUARTER_AFTER = re.compile(
    r"\s(?:of\s(?!20|19|this|last|next|the\syear|fiscal)|(?:more|less|fewer|lower|higher|as)\b)"
)
PART_AFTER = re.compile(
    r"\s(?:of|more|less|fewer|lower|higher|as|off|cheaper|larger|smaller|said|were|are|say|have|and|or|to)\b"
    r"|\s(?:was|is|had|by|from|(?:last|this|next)\s(?:year|month|week))\b|\sin\s(?:19|20)\d\d\b"
    r"|[.,;:!?)\"”’]|$"
)
STOP_AFTER = re.compile(r"\s?(?:[.,;!?)]|$)")
COMPOUND_AFTER = re.compile(r"-(?!a-|million|billion|dozen)")


def is_fraction_word(text: str, start: int, end: int, parts: list[str]) -> bool:
    """Tell the fraction in "a third of", "by half" from an ordinal or the half of a game."""
    before, after = text[max(0, start - 22) : start].lower(), text[end : end + 12].lower()
    last = parts[-1]
    if {"and", "&"} & set(parts):
        return True
    if last in {"half", "halves"}:
        return _is_half(before, after, parts)
    if last in {"quarter", "quarters"}:
        return _is_quarter(before, after, parts)
    row = number_words().get(last)
    if row is None or row.kind != "denominator":
        return last not in {"second", "seconds", "firsts"}
    if last.endswith("s"):
        return True
    if parts[0] == "one" and "-" in text[start:end]:
        return True
    return parts[0] in {"a", "an", "one"} and PART_AFTER.match(after) is not None


#: "the second half of the century" is a time, "half of the city" is not.
PART_OF_TIME = ("the first ", "the second ", "the latter ", "the former ")


def _is_half(before: str, after: str, parts: list[str]) -> bool:
    if COMPOUND_AFTER.match(after) or before.endswith(PART_OF_TIME):
        return False
    if len(parts) > 2 or parts[0] in {"one", "two"} or parts[-1] == "halves":
        return True
    if parts[0] == "a" and STOP_AFTER.match(after):
        return not before.endswith("and ")
    return HALF_BEFORE.search(before) is not None or HALF_AFTER.match(after) is not None


def _is_quarter(before: str, after: str, parts: list[str]) -> bool:
    if COMPOUND_AFTER.match(after):
        return False
    if parts[-1] == "quarters" and len(parts) > 1 and parts[0] not in {"a", "one"}:
        return True
    if QUARTER_AFTER.match(after):
        return True
    return HALF_BEFORE.search(before) is not None and not before.endswith("the ")


def is_pronoun(text: str, start: int, end: int) -> bool:
    """Tell the "one" of "one of them" and "no one" from the number."""
    word = text[start:end].lower()
    if word == "zero" and re.match(r"\s(?:tolerance|hour|sum|in on)\b|-sum", text[end : end + 12]):
        return True
    if word == "zero" and text[max(0, start - 7) : start].lower() == "ground ":
        return True
    if word in {"naught", "nought", "nil"} and text[max(0, start - 4) : start].lower() == "for ":
        return True
    if word != "one":
        return False
    after, before = text[end : end + 16], text[max(0, start - 9) : start]
    if SHARE_AFTER.match(after):
        return False
    if before.lower().endswith("the ") and THE_ONE.match(after):
        return True
    if ADJECTIVE_ONE.search(text[max(0, start - 26) : start]) and ONE_ENDS.match(after):
        return True
    if ONE_CLAUSE.match(text[end : end + 30]):
        return True
    return PRONOUN_AFTER.match(after) is not None or (
        (PRONOUN_BEFORE.search(before) is not None and not re.match(r"[\s-][a-z]", after))
        or re.search(r"\b(?:no|any|some|every|each|this|that|which|another)\s$", before, re.I)
        is not None
        or (
            re.match(r"\s?[.,;:!?)]|$", after) is not None
            and PRONOUN_BEFORE.search(before) is not None
        )
    )


ADJECTIVE_ONE = re.compile(r"\b(?:an?|the|this|that)\s[a-z]{3,16}\s$")
ONE_ENDS = re.compile(r"\s(?:in|for|on|at|that|to|most|who|which|from|with|than)\b|[.,;:!?]")
ONE_CLAUSE = re.compile(
    r"\s(?:he|she|it|they|we|you|I|after another|and the same|by one)\b|\s[a-z]+(?:ed|ing)\s(?:by|to|in|on|for|that|the|an?|at|from|with|as|[A-Z]\w+)\b"
)
THE_ONE = re.compile(
    r"\s(?:you|I|we|they|he|she|it|in|on|at|with|from|to|for|about|under|by|where|when)\b"
)
SHARE_AFTER = re.compile(r"\s(?:in|out of|of(?=\severy))\s(?:every\s)?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred)|-(?:third|half|fifth|quarter|fourth|sixth|eighth|tenth)|\s(?:third|half|fifth|quarter|percent|per cent|million|billion)")  # fmt: skip


def is_vote(before: str, after: str) -> bool:
    """Tell the two numbers of a vote or a score from a range."""
    return VOTE.search(before) is not None or VOTE_AFTER.match(after) is not None


POSSESSIVE = ("'s", "’s", "s'", "s’")
AGE_COMMAS = re.compile(r"[A-Za-z]\w+,\s(?:then\s|now\s)?$")
AGE_BRACKET = re.compile(r"[A-Z]\w+\s\($")
YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|by|from|until|till|to|and|early|late|mid|year|autumn|summer|winter|spring)[\s-]$",
    re.I,
)
YEAR = re.compile(r"(?:19|20)\d\d")


def is_name_or_age(text: str, start: int, end: int, *, joined: bool = False) -> bool:
    """Tell a number that names ("Boeing 787", "10 Downing Street") or gives an age or a year.

    ``joined`` says that it is the second number of a range: a hyphen before it is then no sign.
    """
    before, after = text[max(0, start - 30) : start], text[end : end + 40]
    if AGE_AFTER.match(after) or AGE_BEFORE.search(before):
        return True
    if joined:
        return False
    if LOWER_NAME.search(before):
        return True
    if not text[start].isdigit():
        return re.search(r"[a-z]-$", before) is not None or _is_proper(text, start, before, after)
    return (
        (end - start > 15 and text[start:end].isdigit())
        or _is_code(text, start, end, before, after)
        or _is_age_or_year(text[start:end], before, after)
        or STREET.match(after) is not None
        or _has_name_before(text, start, before, after)
    )


def _is_age_or_year(number: str, before: str, after: str) -> bool:
    """Tell the age in "Smith, 56, of Ohio" and "Smith (56)", and a year that no rule dated."""
    if YEAR.fullmatch(number) and YEAR_BEFORE.search(before):
        return COUNTED_AFTER.match(after) is None
    if not int_below(number, 111):
        return False
    commas = AGE_COMMAS.search(before) and re.match(r",\s(?!\d)", after)
    return bool(commas or (AGE_BRACKET.search(before) and after.startswith(")")))


def _has_name_before(text: str, start: int, before: str, after: str) -> bool:
    """Tell the number of "Boeing 787" and "Article 5" from that of "Russia 3 Ukraine 2 tanks"."""
    name = NAME_BEFORE.search(before)
    if name is None:
        return False
    word = name[1].rstrip(".")
    if word.endswith(POSSESSIVE):
        return False
    if word in NAMING or word in {"#", "№", "no", "nos", "No"}:
        return True
    if word in FUNCTION or _begins_sentence(text, start - len(name[0].lstrip()), name[1]):
        return False
    return COUNTED_AFTER.match(after) is None


def int_below(text: str, limit: int) -> bool:
    """Tell whether the text is a whole number below a limit."""
    return text.isdigit() and len(text) < 4 and int(text) < limit


CODE_BEFORE = re.compile(r"\w-$|\d['’]$|=[\"“]?$|\w[/:]$|[#№%=&?@]\d{0,20}$")
CODE_AFTER = re.compile(
    r":\d|\.\d+\.\d|[A-Za-z]{1,2}\d|\d{0,20}[-–]\d{2,4}[-–/]\d|/\d{1,4}/|\)\s?\d{3}-|[-–]0\d{2,3}\b"
)
ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th|s|['’]s|D)\b")
LIST_MARK = re.compile(r"(?:^|\n)[\s(]{0,8}$")


def _is_code(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Tell telephone numbers, addresses of machines, list marks, clock times and the like."""
    if CODE_BEFORE.search(before) or CODE_AFTER.match(after) or ORDINAL_AFTER.match(after):
        return True
    if re.match(r"[-–]\d{4}\b", after) and end - start == 3 and TELEPHONE.search(before):
        return True
    if end - start == 1 and re.match(r"G\b", after):  # "5G"
        return True
    if text[start : end + 2] == "24/7":
        return True
    marks = (start < 9 and not before.strip(" (\t\n")) or LIST_MARK.search(before)
    return bool(marks and end - start < 3 and re.match(r"[.)]\s\S", after))


def _begins_sentence(text: str, start: int, word: str) -> bool:
    before = text[max(0, start - 3) : start].rstrip()
    return not before or (before[-1] in '.!?:;\n”"' and word.islower())


def _is_proper(text: str, start: int, before: str, after: str) -> bool:
    """Tell *Five Eyes* and *Group of Seven* from numbers that begin a sentence or a headline."""
    if not text[start].isupper() or text[start : start + 2] == "A ":
        return False
    previous = re.search(r"([A-Za-z]+)[\s-]$", before)
    if previous is None:
        return False
    return previous[1] in {"the", "The", "of", "Big", "Group"} or (
        previous[1].islower() and re.match(r"\s[A-Z]", after) is not None
    )
