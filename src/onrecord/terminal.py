"""Records and answers as a person reads them on a terminal: tables, with the words that prove each.

Colour only marks what words already say, so that nothing is lost without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.record import (
    Attribution,
    Claim,
    EventMention,
    Record,
    When,
)
from onrecord.wording import days_of, names_of, words_of

_MODALITY_STYLES = {
    "happened": "bold", "ongoing": "bold", "planned": "cyan", "offered": "cyan",
    "threatened": "yellow", "demanded": "yellow", "denied": "red", "hypothetical": "dim",
}  # fmt: skip
_RELATION_STYLES = {
    "higher": "yellow",
    "lower": "yellow",
    "opposite": "red",
    "agree": "green",
    "equal": "green",
}
_WIDEST = 118
# So that no day, no type and no class of cue is broken in a window of 80 columns.
_LEAST_WIDTHS = {
    "when": 10,
    "since": 10,
    "published": 10,
    "stance": 14,
    "how": 9,
    "does": 12,
    "who": 11,
    "to whom": 9,
    "figure": 10,
    "statements": 10,
}


def _console() -> Console:
    console = Console(highlight=False)
    if console.width > _WIDEST or not console.is_terminal:
        console = Console(highlight=False, width=min(console.width, _WIDEST))
    return console


def print_record(record: Record, console: Console | None = None) -> None:
    """Print one record: headline, who and when, then what was said, done, claimed and announced."""
    out = console or _console()
    document = record.document
    out.print()
    out.print(Text(document.title or "(no headline)", style="bold"))
    out.print(Text(_imprint(record), style="dim"))
    if "language" in record.coder:
        out.print(Text(record.coder["language"], style="yellow"))
        return
    sections: tuple[tuple[str, Sequence[Any], Any], ...] = (
        ("Statements", record.attributions, _statements),
        ("Events", record.events, _events),
        ("Claims", record.claims, _claims),
        ("Appointments", record.appointments, _appointments),
    )
    for name, rows, table in sections:
        out.print()
        out.print(Text(f"{name} ({len(rows)})", style="bold underline"))
        if rows:
            out.print(table(record))
        else:
            out.print(Text("none found", style="dim"))
    out.print()


def _imprint(record: Record) -> str:
    document = record.document
    when = document.published
    parts = [document.publisher, document.byline and f"by {document.byline}"]
    if when is not None and when.start:
        parts.append(f"published {when.start}" + _basis(when))
    else:
        parts.append("date of publication unknown")
    words = len(document.text.split())
    parts.append(f"{words} words, {len(document.paragraphs)} paragraphs")
    parts.append(document.canonical_url or document.url)
    return " · ".join(part for part in parts if part)


def _basis(when: When) -> str:
    return " (reckoned from its age when retrieved)" if when.basis == "retrieval" else ""


def _table(*columns: tuple[str, int]) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="dim", show_edge=False, expand=True)
    for name, ratio in columns:
        least = _LEAST_WIDTHS.get(name)
        table.add_column(name, ratio=ratio or None, overflow="fold", width=least)
    return table


def _statements(record: Record) -> Table:
    table = _table(("who", 3), ("to whom", 2), ("how", 2), ("what", 9))
    depth = _depths(record.attributions)
    for row in record.attributions:
        how = row.cue_class + (", negated" if row.negated else "")
        table.add_row(
            Text("  " * depth[row.id] + (names_of(record, row.speaker) or "unnamed")),
            names_of(record, row.addressee),
            Text(f"{row.form}\n{how}", style="dim"),
            Text(words_of(record, row.content)),
        )
    return table


def _depths(rows: Sequence[Attribution]) -> dict[str, int]:
    parents = {row.id: row.parent for row in rows}

    def depth(identifier: str | None) -> int:
        return 0 if identifier is None else 1 + depth(parents.get(identifier))

    return {row.id: min(3, depth(row.parent)) for row in rows}


def _events(record: Record) -> Table:
    table = _table(("when", 2), ("who", 3), ("does", 3), ("to whom", 3), ("words that prove it", 8))
    for row in record.events:
        kind = Text(row.type + (f" ({row.mode})" if row.mode else ""), style="bold")
        kind.append(f"\n{row.modality}", style=_MODALITY_STYLES[row.modality])
        kind.append(_voice(record, row), style="dim")
        table.add_row(
            days_of(row.when) or "–",
            names_of(record, row.actor, countries=True) or "–",
            kind,
            names_of(record, row.recipient, countries=True) or "–",
            _proof(record, row).append(_numbers(row), style="bold"),
        )
    return table


def _numbers(row: EventMention) -> str:
    return "\n" + "; ".join(map(str, row.numbers)) if row.numbers else ""


def _voice(record: Record, row: EventMention) -> str:
    for attribution in record.attributions:
        if attribution.id == row.attribution:
            return f"\nsaid by {names_of(record, attribution.speaker) or 'somebody unnamed'}"
    return ""


def _proof(record: Record, row: EventMention) -> Text:
    """Return the sentence with the trigger marked, cut to what stands around the trigger."""
    text = record.document.text
    first = max(row.sentence.start, row.trigger.start - 70)
    last = min(row.sentence.end, row.trigger.end + 90)
    while first > row.sentence.start and not text[first - 1].isspace():
        first -= 1
    while last < row.sentence.end and not text[last].isspace():
        last += 1
    proof = Text("… " if first > row.sentence.start else "")
    proof.append(text[first : row.trigger.start])
    proof.append(text[row.trigger.start : row.trigger.end], style="bold")
    proof.append(text[row.trigger.end : last])
    proof.append(" …" if last < row.sentence.end else "")
    return proof


def figure(row: Claim | Any) -> str:
    """Return a claim's figure as text: value or range, its unit, its change."""
    if row.value is not None:
        value = f"{row.value:,.10g}"
    elif row.low is not None and row.high is not None:
        value = f"{row.low:,.10g} to {row.high:,.10g}"
    else:
        value = "unknown"
    text = ("~ " if row.approximate else "") + f"{value} {row.unit}".strip()
    return text + ("" if row.change == "none" else f", {row.change}")


def _claims(record: Record) -> Table:
    table = _table(("figure", 3), ("of what", 6), ("against", 3), ("claimed by", 3))
    for row in record.claims:
        table.add_row(
            Text(figure(row), style="bold"),
            words_of(record, [row.about] if row.about else []) or "–",
            row.basis or "",
            names_of(record, row.claimant) or Text("the reporter", style="dim"),
        )
    return table


def _appointments(record: Record) -> Table:
    table = _table(("when", 3), ("what", 8), ("who", 4), ("said by", 3))
    for row in record.appointments:
        table.add_row(
            Text(days_of(row.when) or "–", style="bold"),
            Text(words_of(record, [row.what])),
            names_of(record, row.participants),
            names_of(record, row.said_by) or Text("the reporter", style="dim"),
        )
    return table


def print_rows(
    rows: Sequence[msgspec.Struct], nothing: str, console: Console | None = None
) -> None:
    """Print the rows of an answer as a table of their kind, or ``nothing`` where there are none."""
    out = console or _console()
    if not rows:
        out.print(Text(nothing, style="dim"))
        return
    out.print(_ANSWERS[type(rows[0]).__name__](rows))


def _people(people: Iterable[Any]) -> str:
    return ", ".join(str(person) for person in people) or "–"


def _pieces(pieces: Iterable[Any]) -> str:
    return " … ".join(" ".join(piece.text.split()) for piece in pieces)


def _days(row: Any) -> str:
    if row.date is None:
        return "date unknown"
    if row.date_basis == "article":
        return f"{row.date[:10]}\n(of the article)"
    last = getattr(row, "date_end", None)
    return _moment(row.date) + ("" if last in (None, row.date) else f" to {_moment(last)}")


def _moment(date: str) -> str:
    """Return a day, or a day and a time to the minute, as ``2026-01-22 14:30``."""
    return date[:16].replace("T", " ")


def _source(row: Any) -> Text:
    where = " · ".join(x for x in (row.publisher, row.title) if x) or row.document
    return Text(where, style="dim")


def _timeline(rows: Sequence[Any]) -> Table:
    table = _table(("when", 2), ("who", 3), ("does", 3), ("to whom", 3), ("words that prove it", 8))
    for row in rows:
        kind = Text(row.type + (f" ({row.mode})" if row.mode else ""), style="bold")
        kind.append(f"\n{row.modality}", style=_MODALITY_STYLES[row.modality])
        if row.voice != "reporter":
            kind.append(f"\nsaid by {row.voice}", style="dim")
        proof = Text(" ".join(row.sentence.text.split()))
        proof.highlight_words([" ".join(row.trigger.text.split())], style="bold")
        if row.mentions > 1:
            articles = "one article" if row.documents == 1 else f"{row.documents} articles"
            proof.append(f"\n{row.mentions} mentions in {articles}", style="dim")
        if row.numbers:
            proof.append("\n" + "; ".join(map(str, row.numbers)), style="bold")
        proof.append("\n")
        proof.append_text(_source(row))
        proof.append(f"\n{row.id}", style="dim")
        table.add_row(_days(row), _people(row.actor), kind, _people(row.recipient), proof)
    return table


def _said(rows: Sequence[Any]) -> Table:
    table = _table(("when", 2), ("who", 3), ("to whom", 2), ("how", 2), ("what", 9))
    for row in rows:
        what = Text(_pieces(row.content) + "\n")
        what.append_text(_source(row))
        what.append(f"\n{row.id}", style="dim")
        how = f"{row.form}\n{row.cue_class}" + (", negated" if row.negated else "")
        who = _people(row.speaker) if row.speaker else "unnamed"
        table.add_row(_days(row), who, _people(row.addressee), Text(how, style="dim"), what)
    return table


def _positions(rows: Sequence[Any]) -> Table:
    table = _table(("since", 3), ("who", 3), ("stance", 3), ("on what", 5), ("words", 8))
    for row in rows:
        stance = Text(row.stance, style="bold")
        if row.changed:
            stance.append(f"\nchanged: {row.changed}", style="yellow")
        stance.append(_how_often(row), style="dim")
        words = Text(" ".join(row.sentence.text.split()))
        words.highlight_words([" ".join(row.act.text.split())], style="bold")
        words.append("\n")
        words.append_text(_source(row))
        words.append(f"\n{row.id}", style="dim")
        about = " ".join(row.about.text.split()) if row.about else "–"
        since = _days(row) + ("\nor before" if row.again and row.date else "")
        if row.times > 1 and row.last:
            since += f"\nlast {row.last[:10]}"
        table.add_row(since, _people(row.holder), stance, about, words)
    return table


def _how_often(row: Any) -> str:
    """Return how often a position was taken, and the words that say it was before."""
    text = "\nonce on record" if row.times == 1 else f"\n{row.times} times on record"
    if row.mentions > row.times:
        text += f", {row.mentions} passages"
    return text + "".join(f"\n“{words}”" for words in row.again)


def _figures(rows: Sequence[Any]) -> Table:
    table = _table(("when", 2), ("figure", 3), ("of what", 5), ("claimed by", 3), ("words", 7))
    for row in rows:
        words = Text(" ".join(row.sentence.text.split()) + "\n")
        words.append_text(_source(row))
        words.append(f"\n{row.id}", style="dim")
        who = _people(row.claimant) if row.claimant else "the reporter"
        against = f" {row.basis}" if row.basis else ""
        about = row.about.text if row.about else "–"
        table.add_row(_days(row), Text(figure(row) + against, style="bold"), about, who, words)
    return table


def _compared(rows: Sequence[Any]) -> Table:
    table = _table(("of what", 4), ("first", 6), ("then", 6), ("so", 4))
    for row in rows:
        verdict = Text(row.relation, style=_RELATION_STYLES.get(row.relation, "dim"))
        if row.difference:
            verdict.append(f"\n{row.difference:+,.6g} {row.unit}".rstrip())
        if row.ratio and row.ratio > 0 and row.difference:
            verdict.append(f"\n{row.ratio:,.3g} times", style="dim")
        table.add_row(row.first.about.text, _told(row.first), _told(row.second), verdict)
    return table


def _told(row: Any) -> Text:
    """Return one figure as it is compared: by whom, when, in which words, where it stands."""
    who = _people(row.claimant) if row.claimant else "the reporter"
    text = Text(figure(row), style="bold").append(f"\n{who}, {_days(row)}", style="not bold")
    text.append("\n" + " ".join(row.sentence.text.split()), style="not bold")
    text.append("\n").append_text(_source(row))
    return text.append(f"\n{row.id}", style="dim")


def _announced(rows: Sequence[Any]) -> Table:
    table = _table(("when", 3), ("what", 8), ("who", 4), ("said by", 3))
    for row in rows:
        what = Text(" ".join(row.what.text.split()) + "\n")
        what.append_text(_source(row))
        what.append(f"\n{row.id}", style="dim")
        table.add_row(_days(row), what, _people(row.participants), _people(row.said_by))
    return table


def _found(rows: Sequence[Any]) -> Table:
    table = _table(("published", 2), ("article", 5), ("passage", 9), ("statements", 2))
    for row in rows:
        passage = Text(row.passage)
        for start, end in row.matches:
            passage.stylize("bold", start, end)
        table.add_row((row.published or "unknown")[:10], _source(row), passage, str(row.statements))
    return table


_ANSWERS = {
    "TimelineRow": _timeline,
    "StatementRow": _said,
    "PositionRow": _positions,
    "ClaimRow": _figures,
    "ComparisonRow": _compared,
    "AppointmentRow": _announced,
    "SearchRow": _found,
}


def print_explanation(explanation: Any, console: Console | None = None) -> None:
    """Print one row in full: the marked sentence, its spans, its values, what decided and why."""
    out = console or _console()
    out.print(Text(f"{explanation.kind} {explanation.id}", style="bold"))
    out.print(_source(explanation))
    out.print()
    out.print(Text(explanation.marked))
    out.print()
    table = _table(("part", 2), ("from", 1), ("to", 1), ("words", 10))
    for span in explanation.spans:
        table.add_row(span.role, str(span.start), str(span.end), Text(" ".join(span.text.split())))
    out.print(table)
    out.print()
    facts = _table(("", 2), ("", 10))
    facts.show_header = False
    for name, value in explanation.facts.items():
        facts.add_row(Text(name, style="dim"), value)
    facts.add_row(Text("why", style="dim"), explanation.why)
    facts.add_row(Text("confidence", style="dim"), f"{explanation.confidence:.2f}")
    coder = ", ".join(f"{name} {version}" for name, version in explanation.coder.items())
    facts.add_row(Text("coder", style="dim"), coder)
    out.print(facts)
    if explanation.also:
        out.print(Text("also mentioned by " + ", ".join(explanation.also), style="dim"))
