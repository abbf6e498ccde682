"""Claims: a figure put forward, what it measures, which way it goes, against what, by whom."""

from __future__ import annotations

import re
from functools import partial

import msgspec
from spacy.tokens import Token

from onrecord.knowledge.claims import basis_in, change_words, harm_words
from onrecord.parsing.annotated import Annotated
from onrecord.parsing.syntax import lemma
from onrecord.record import Attribution, Change, Claim, Quantity, Span, When, identifier

# Lengths of time are no claims (guidelines of the gold set); nor are ages.
_TIME_UNITS = frozenset("second minute hour day week month year decade century".split())
_TIME_NOUNS = frozenset(
    "year month week day hour minute second decade century season night weekend time o'clock".split()
)
# "half of 1 percent": the share is part of the percentage.
_PART = re.compile(r"\s{1,2}of\s{1,2}(?:1|one|a)\s{1,2}(?:percent|per cent|percentage)\b")
_AGE = re.compile(r"[-\s]{0,1}(?:year|month|week|day)s?[-\s](?:old|long)|,\s{0,1}of\b")
# Below this a number in words is a claim only where people came to harm.
_FEW = 100
_NEAR_HARM = 6
_NEAR_COUNT = 160
_FIGURE = re.compile(
    r"\s(?:by|to|from|at|of|under|above|over|below)\s(?:[a-z]{2,8}\s){0,3}[$€£¥]?\d.*", re.S
)
_NAMES = frozenset({"ORG", "PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT"})
_PARTS = {"half": 0.5, "third": 0.33, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}
_PART_OF = re.compile(r"(half|third|quarter|fifth|tenth) of\s{1,2}$", re.IGNORECASE)
_LABELLED = frozenset(
    "article section chapter page phase flight room round stage group route highway interstate "
    "channel category title proposition resolution amendment verse clause annex no. number".split()
)
#: What makes a year that of an earlier record: "its steepest decline since 2001".
_RECORD = re.compile(
    r"\b(?:first|most|least|worst|best|[a-z]{3,12}est)\b[^;.]{0,60}\bsince\s{1,2}(?:the\s)?$"
)
#: Nouns that look like a word of change and are none: "27 contracts", "12 slips".
_OTHER_NOUNS = frozenset(("contractN", "slipN", "shedN", "mountN", "sinkN", "swellN", "leapN"))
_BEHIND = 16  # tokens
_UP_FROM = re.compile(r"[^.;\d]{0,50},\s{1,2}(up|down)\s{1,2}from\b")
#: Prepositions that join a figure to the word of its change.
_OF_CHANGE = frozenset(
    "by to from of at in below above under over around about near past than".split()
)
_WITH_NOUN = frozenset("of under over above below".split())
_PERSONS = frozenset({"i", "he", "she", "you", "who"})
_CLIMB = frozenset(("nummod", "quantmod", "compound", "npadvmod", "amod", "nmod", "advmod"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))


def find_claims(annotated: Annotated, attributions: tuple[Attribution, ...]) -> tuple[Claim, ...]:
    """Return one claim for each figure about the world, in the order of the text."""
    found: list[Claim] = []
    for quantity in map(partial(_of_one, annotated), annotated.quantities):
        tokens = annotated.tokens_in(quantity.span)
        if tokens and not _is_no_claim(annotated, quantity, tokens):
            claim = _claim(annotated, quantity, tokens, attributions)
            about = _counted_before(annotated, claim, tokens, found)
            found.append(msgspec.structs.replace(claim, about=about) if about else claim)
    return tuple(found)


def _counted_before(
    annotated: Annotated, claim: Claim, tokens: list[Token], found: list[Claim]
) -> Span | None:
    """Return what a figure without a noun counts: what the figure before it in the paragraph did.

    "118 patients were treated, up from 45; six died", "48 per cent of voters …; 19 per cent …".
    """
    if not found or not found[-1].about or found[-1].unit != claim.unit:
        return None
    gap = Span(found[-1].span.end, claim.span.start)
    if any(gap.covers(quantity.span) for quantity in annotated.quantities):
        return None
    between = gap.of(annotated.text)
    inside = {t.i for t in tokens}
    top = _top(tokens)
    if len(between) > _NEAR_COUNT or "\n" in between or claim.unit not in ("", "percent"):
        return None
    if any(child.lower_ == "of" for child in tokens[-1].children) or _measured(tokens) != top:
        return None
    bare = top.i in inside and (top.tag_ == "CD" or claim.unit == "percent")
    subject = top.dep_ in _SUBJECTS and claim.about is None
    harmed = top.dep_ == "dobj" and not claim.unit and lemma(top.head) in harm_words()
    earlier = re.search(r"\b(?:up|down) from\s$", between) is not None
    return found[-1].about if bare and (subject or harmed or earlier) else None


def _of_one(annotated: Annotated, quantity: Quantity) -> Quantity:
    """Return a share of one percent with its true value: "half of 1 percent"."""
    if quantity.unit != "percent" or quantity.value != 1:
        return quantity
    match = _PART_OF.search(annotated.text[max(0, quantity.span.start - 20) : quantity.span.start])
    if match is None:
        return quantity
    start = quantity.span.start - len(match.group())
    span = Span(start, quantity.span.end)
    return msgspec.structs.replace(quantity, span=span, value=_PARTS[match.group(1).lower()])


def _is_no_claim(annotated: Annotated, quantity: Quantity, tokens: list[Token]) -> bool:
    if quantity.unit in _TIME_UNITS or (quantity.value is None and quantity.low is None):
        return True
    if _is_known_pair(annotated, quantity, tokens):
        return True
    after = annotated.text[quantity.span.end : quantity.span.end + 24]
    if _AGE.match(after):
        return True
    if quantity.unit == "" and _is_age(annotated, quantity, tokens):
        return True
    head = _measured(tokens)
    if lemma(head) in _TIME_NOUNS and not quantity.unit:
        return True
    if not quantity.unit and (_is_small(annotated, quantity, tokens) or _is_name(tokens)):
        return True
    return quantity.unit == "" and quantity.value == 1 and tokens[-1].lower_ == "one"


def _is_known_pair(annotated: Annotated, quantity: Quantity, tokens: list[Token]) -> bool:
    """Tell whether a small number only points back: "the two sides", "both leaders"."""
    if quantity.unit or quantity.value not in (2, 3) or tokens[0].i == 0:
        return False
    return annotated.doc[tokens[0].i - 1].lower_ in ("the", "these", "those", "their", "its", "our")


def _is_small(annotated: Annotated, quantity: Quantity, tokens: list[Token]) -> bool:
    """Tell whether a small number in words only counts in passing: "two reasons", "ten senators".

    Who was killed, hurt, held or driven out is a claim however few they are; a share ("a third")
    and what grows or falls by a number is one however small it is.
    """
    spelled = not any(character.isdigit() for character in quantity.span.of(annotated.text))
    size = quantity.value or quantity.high or 0
    if _PART.match(annotated.text, quantity.span.end):
        return True
    if not spelled or size >= _FEW or 0 < size < 1 or _change(_measured(tokens), tokens)[1]:
        return False
    words = [*tokens[-1].ancestors, _measured(tokens)]
    return not any(lemma(word) in harm_words() for word in words[-_NEAR_HARM:])


def _is_name(tokens: list[Token]) -> bool:
    """Tell whether a number is part of a name: "the 787", "Flight 447", "FTSE 100", "the 60 needed"."""
    number = tokens[-1]
    if len(tokens) > 1 or number.tag_ != "CD" or not number.i:
        return False
    before = number.nbor(-1)
    if lemma(before) in _LABELLED or (
        number.dep_ == "conj" and lemma(number.head.head) in _LABELLED
    ):
        return True
    if before.tag_ in ("NNP", "NNPS") and (number.head is before or before.head is number.head):
        joined = number.ent_type_ in _NAMES and number.ent_type_ == before.ent_type_
        return joined or number.dep_ != "nummod" or number.head is before
    alone = number.dep_ not in _CLIMB and not any(child.dep_ == "prep" for child in number.rights)
    owned = before.tag_ in ("DT", "POS", "PRP$") or before.lower_ in ("first", "final", "new")
    return number.ent_type_ in ("PRODUCT", "FAC", "LAW") or (alone and owned)


def _is_age(annotated: Annotated, quantity: Quantity, tokens: list[Token]) -> bool:
    """Tell whether a bare number between commas behind a person is an age: "Ann Lee, 64,"."""
    value = quantity.value
    if value is None or not 1 <= value <= 110 or tokens[0].i < 2:
        return False
    before = annotated.doc[tokens[0].i - 1]
    last = tokens[-1]
    if last.dep_ in ("attr", "acomp") and lemma(last.head) == "be":
        return any(child.lower_ in _PERSONS for child in last.head.lefts)
    if before.text != "," or "\n" in annotated.text[before.idx : tokens[0].idx]:
        return False
    person = annotated.doc[tokens[0].i - 2]
    behind = annotated.text[quantity.span.end : quantity.span.end + 1]
    return person.tag_ in ("NNP", "NNPS") and behind in (",", ".", " ", ";")


def _top(tokens: list[Token]) -> Token:
    """Return the word of a figure that hangs on a word outside it."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside), tokens[-1])


def _measured(tokens: list[Token]) -> Token:
    """Return the noun or verb that the figure belongs to."""
    inside = {t.i for t in tokens}
    token = _top(tokens)
    for _ in range(6):
        if token.i not in inside and token.tag_.startswith("N"):
            return token
        if token.dep_ in _CLIMB and token.head.i != token.i:
            token = token.head
        else:
            break
    return token


def _claim(
    annotated: Annotated,
    quantity: Quantity,
    tokens: list[Token],
    attributions: tuple[Attribution, ...],
) -> Claim:
    sentence = annotated.sentence_at(quantity.span.start)
    stretch = sentence.span if sentence is not None else quantity.span
    head = _measured(tokens)
    change, word = _change(head, tokens)
    about = _about(annotated, quantity, head, tokens, stretch)
    basis = basis_in(_clause(annotated, quantity, stretch)) if change != "none" else None
    attribution = _around(quantity.span, attributions)
    why = f"figure with '{head.text}'" + (f"; '{word}' goes {change}" if word else "")
    return Claim(
        id=identifier("claim", annotated.document.id, quantity.span.start, quantity.span.end),
        span=quantity.span,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        approximate=quantity.approximate,
        change=change,
        basis=basis,
        about=about,
        period=_period(annotated, quantity, stretch),
        attribution=attribution.id if attribution is not None else None,
        claimant=attribution.speaker if attribution is not None else (),
        confidence=0.85 if about is not None else 0.6,
        why=why,
    )


def _change(head: Token, tokens: list[Token]) -> tuple[Change, str]:
    """Return which way the figure goes, and the word that says so."""
    ways = change_words()
    inside = {t.i for t in tokens}
    if tokens[0].i and tokens[0].nbor(-1).lower_ == "from":
        return "none", ""
    if tokens[0].tag_[:1] == "V" and (way := ways.get(lemma(tokens[0]))) is not None:
        return way, tokens[0].lower_  # "exports doubled"
    behind = head.doc[tokens[-1].i + 1 : tokens[-1].i + _BEHIND].text
    later = _UP_FROM.match(behind)
    if later is not None:
        return ("up" if later.group(1) == "up" else "down"), later.group(1)
    for token in _governors(head, inside):
        way = ways.get(lemma(token))
        if (
            way is not None
            and lemma(token) + token.tag_[:1] not in _OTHER_NOUNS
            and not _bounds(token)
            and (token.tag_[:1] in "NVJR" or token.dep_ in ("advmod", "prt"))
        ):
            return way, token.lower_
    return "none", ""


def _bounds(token: Token) -> bool:
    """Tell whether a word only bounds a number: "more than $37 million"."""
    last = token.i + 1 >= len(token.doc)
    return token.lower_ in ("more", "less", "fewer") and not last and token.nbor().lower_ == "than"


def _governors(head: Token, inside: set[int]) -> list[Token]:
    """Return the words that may say how the figure changes, nearest first."""
    found = [] if head.i in inside else [head]
    found += [c for c in head.children if c.i not in inside and c.dep_ in ("advmod", "prt", "amod")]
    token = head
    for _ in range(3):
        if token.head.i == token.i or token.dep_ in ("nsubj", "nsubjpass", "relcl", "conj"):
            break
        if token.dep_ == "prep" and token.lower_ not in _OF_CHANGE:
            break
        token = token.head
        if token.i not in inside:
            found.append(token)
            found += [c for c in token.children if c.dep_ in ("prt",)]
        if token.tag_.startswith("V"):
            break
    return found


def _about(
    annotated: Annotated, quantity: Quantity, head: Token, tokens: list[Token], stretch: Span
) -> Span | None:
    ways = change_words()
    inside = {t.i for t in tokens}
    if head.tag_.startswith("N") and head.i not in inside:
        if lemma(head) in ways or lemma(head) in ("majority", "share", "stake", "rate", "number"):
            target = _object_of(head, ("in", "of", "on", "for", "to"))
            if target is not None:
                return _phrase(annotated, target, stretch)
            modifier = next(
                (c for c in head.lefts if c.dep_ == "compound" and c.i not in inside), None
            )
            if modifier is not None:
                return _phrase(annotated, modifier, stretch)
        else:
            return _without_figure(annotated, quantity, head, stretch)
    last = tokens[-1]
    target = _object_of(last, ("of", "in", "on"))
    if target is None:
        target = _measured_noun(tokens, inside)
    if target is not None:
        return _phrase(annotated, target, stretch)
    subject = _subject(head)
    if subject is not None and subject.i not in inside:
        return _phrase(annotated, subject, stretch)
    return None


def _measured_noun(tokens: list[Token], inside: set[int]) -> Token | None:
    """Return what a figure behind a preposition measures.

    "A fine of $3", "boats under 50 tons", "they put the damage at $4 billion".
    """
    top = _top(tokens)
    link = top.head
    if top.dep_ != "pobj" or link.dep_ not in ("prep", "pcomp"):
        return None
    if link.lower_ in _WITH_NOUN and link.head.tag_ in ("NN", "NNS") and link.head.i not in inside:
        noun = link.head
        return (lemma(noun) in change_words() and _object_of(noun, ("in",))) or noun
    verb = link.head
    if link.lower_ == "at" and verb.dep_ == "dobj" and verb.tag_[0] == "N":
        return verb
    while verb.dep_ == "pobj" or (verb.tag_[:1] == "N" and verb.dep_ == "prep"):
        verb = verb.head
    if link.lower_ == "at" and verb.tag_[:1] == "V":
        return next((c for c in verb.rights if c.dep_ == "dobj" and c.tag_[0] == "N"), None)
    return None


def _object_of(token: Token, links: tuple[str, ...]) -> Token | None:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in links and child.i > token.i:
            return next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
    return None


def _subject(token: Token) -> Token | None:
    for _ in range(5):
        if token.tag_.startswith("V"):
            found = next((c for c in token.children if c.dep_ in _SUBJECTS), None)
            direct = next((c for c in token.children if c.dep_ == "dobj"), None)
            if direct is not None and lemma(token) in change_words() and direct.tag_ != "CD":
                return direct
            if found is not None:
                return found
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _phrase(annotated: Annotated, token: Token, stretch: Span) -> Span | None:
    """Return a noun phrase without what a relative clause adds to it."""
    first, last = token.left_edge.i, token.right_edge.i + 1
    for child in token.rights:
        if child.dep_ in ("relcl", "appos", "acl", "cc", "punct") and child.left_edge.i > token.i:
            last = min(last, child.left_edge.i)
    doc = annotated.doc
    while first < token.i and (
        doc[first].is_punct or doc[first].is_space or doc[first].tag_ == "DT"
    ):
        first += 1
    while last - 1 > token.i and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    span = annotated.span_of(first, last)
    figure = _FIGURE.search(annotated.text, token.idx + len(token), span.end)
    if figure is not None:
        span = Span(span.start, figure.start())
    return span if stretch.covers(span) else None


def _without_figure(
    annotated: Annotated, quantity: Quantity, head: Token, stretch: Span
) -> Span | None:
    span = _phrase(annotated, head, stretch)
    if span is None:
        return None
    if quantity.span.overlaps(span):
        if quantity.span.end >= span.end:
            return Span(head.idx, head.idx + len(head)) if head.idx >= quantity.span.end else None
        start = quantity.span.end
        while start < span.end and not annotated.text[start].isalnum():
            start += 1
        span = Span(start, span.end)
    return span if span.start < span.end else None


def _clause(annotated: Annotated, quantity: Quantity, stretch: Span) -> str:
    start = max(stretch.start, quantity.span.start - 60)
    return annotated.text[start : min(stretch.end, quantity.span.end + 90)]


def _period(annotated: Annotated, quantity: Quantity, stretch: Span) -> When | None:
    """Return the time of the figure: the expression of its sentence that stands nearest."""
    near = [
        t
        for t in annotated.times
        if stretch.covers(t.span) and t.type in ("DATE", "TIME")
        and not _is_apart(annotated.text, quantity.span, t.span)
    ]  # fmt: skip
    if not near:
        return None
    return min(near, key=lambda t: _gap(t.span, quantity.span)).when


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _is_apart(text: str, figure: Span, time: Span) -> bool:
    """Tell whether a time is another statement's: behind a semicolon, or of "the worst since"."""
    first, last = sorted((figure, time))
    between = text[first.end : last.start]
    return ";" in between or (first == figure and _RECORD.search(between) is not None)


def _around(span: Span, attributions: tuple[Attribution, ...]) -> Attribution | None:
    """Return the attribution whose content holds the span most narrowly, or none."""
    best: tuple[int, Attribution] | None = None
    for attribution in attributions:
        for content in attribution.content:
            if content.covers(span) and (best is None or content.end - content.start < best[0]):
                best = (content.end - content.start, attribution)
    return best[1] if best is not None else None
