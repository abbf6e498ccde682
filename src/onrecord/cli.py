"""The command line: read articles, ask a store. Heavy parts are imported when a command runs.

Exit codes: 0 all done; 1 something given could not be read or used (each said in one line); 2 the
command was called wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord import __version__
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    import msgspec

    from onrecord.asking.answers import Answers
    from onrecord.record import Record

Command = TypeVar("Command", bound=Callable[..., Any])
STORE = "news.db"


def main() -> None:
    """Run the command line."""
    cli(prog_name="onrecord")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord")
def cli() -> None:
    """Turn news into a sourced record: who said and did what to whom, when and where.

    Each row points at the words that prove it and says whether the thing happened.
    """


def _json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one row a line.")(
        command
    )


def _form_options(command: Command) -> Command:
    command = click.option(
        "--csv", "form", flag_value="csv", help="Print CSV, for a spreadsheet."
    )(command)  # fmt: skip
    return click.option(
        "--json", "form", flag_value="json", help="Print JSON, one row a line."
    )(command)  # fmt: skip


def _store_option(command: Command) -> Command:
    return click.option(
        "--store", default=STORE, show_default=True, metavar="FILE", envvar="ONRECORD_STORE",
        help="The store to ask.",
    )(command)  # fmt: skip


def _period_options(command: Command) -> Command:
    command = click.option("--until", metavar="DATE", help="To this day, month or year.")(command)
    return click.option("--since", metavar="DATE", help="From this day, month or year.")(command)


def _confidence_option(command: Command) -> Command:
    return click.option(
        "--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True,
        help="Leave out rows less certain than this.",
    )(command)  # fmt: skip


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn what went wrong into one line on standard error and exit code 1."""
    try:
        yield
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


@contextmanager
def _asked(store: str) -> Iterator[Answers]:
    import onrecord

    with _one_line_errors(), onrecord.open(store, create=False) as answers:
        yield answers


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--retrieved-at", metavar="WHEN", help="When the page was fetched (ISO 8601).")
@click.option(
    "--published", metavar="WHEN", help="When it was published; beats what the page says."
)
@_json_option
@click.option("--html", "page", type=click.Path(dir_okay=False), metavar="PAGE",
              help="Also write a web page with the article and its record.")  # fmt: skip
@click.option("--store", metavar="FILE", help="Also add the record to this store.")
@_confidence_option
def read(
    sources: tuple[str, ...], retrieved_at: str | None, published: str | None, as_json: bool,
    page: str | None, store: str | None, min_confidence: float,
) -> None:  # fmt: skip
    """Read articles and print their records.

    SOURCE is a text file, an HTML file, an http(s) address, or - for standard input. On a
    terminal the record is printed as tables; otherwise, or with --json, as JSON, one a line.
    """
    failed = 0
    records: list[Record] = []
    with _one_line_errors():
        _check_page(page)
        keep: Answers | None = None
        for source in sources:
            try:
                record = _coded(source, retrieved_at, published)
                keep = keep or _opened(store)
                if keep is not None:
                    keep.add(record)
            except OnrecordError as error:
                click.echo(f"onrecord: {error}", err=True)
                failed += 1
                continue
            shown = _confident(record, min_confidence)
            _print_record(shown, as_json)
            if page is not None:
                records.append(shown)
        if keep is not None:
            keep.close()
        if page is not None and records:
            _write_page(page, records)
    if failed:
        if len(sources) > 1:
            click.echo(f"onrecord: {failed} of {len(sources)} sources could not be read", err=True)
        sys.exit(1)


def _coded(source: str, retrieved_at: str | None, published: str | None) -> Record:
    from onrecord.pipeline import code
    from onrecord.pipeline import read as read_document

    record = code(read_document(source, published=published, retrieved_at=retrieved_at))
    if "language" in record.coder:
        click.echo(f"onrecord: {source}: {record.coder['language']}", err=True)
    return record


def _opened(store: str | None) -> Answers | None:
    if store is None:
        return None
    import onrecord

    return onrecord.open(store)


def _check_page(page: str | None) -> None:
    if page is not None and not Path(page).absolute().parent.is_dir():
        raise OnrecordError(f"{page}: its folder does not exist; make it first")


def _write_page(page: str, records: list[Record]) -> None:
    from onrecord.serving.page import record_page

    try:
        Path(page).write_text(record_page(records), encoding="utf-8")
    except OSError as error:
        raise OnrecordError(f"{page}: cannot be written ({error.strerror})") from None
    click.echo(f"onrecord: wrote {page}", err=True)


def _confident(record: Record, least: float) -> Record:
    """Return the record without the rows less certain than ``least``.

    An attribution stays where a row that stays refers to it.
    """
    if least <= 0:
        return record
    import msgspec

    kept = {
        name: tuple(row for row in getattr(record, name) if row.confidence >= least)
        for name in ("events", "claims", "appointments")
    }
    needed = {row.attribution for rows in kept.values() for row in rows}
    for row in reversed(record.attributions):
        if row.confidence >= least or row.id in needed:
            needed |= {row.id, row.parent}
    for row in record.attributions:
        if row.id in needed:
            needed.add(row.parent)
    attributions = tuple(row for row in record.attributions if row.id in needed)
    return msgspec.structs.replace(record, attributions=attributions, **kept)


def _print_record(record: Record, as_json: bool) -> None:
    if as_json or not sys.stdout.isatty():
        sys.stdout.buffer.write(record.to_json() + b"\n")
        sys.stdout.buffer.flush()
        return
    from onrecord.terminal import print_record

    print_record(record)


def _print_rows(rows: Iterable[msgspec.Struct], form: str | None, nothing: str) -> None:
    rows = list(rows)
    if form == "csv":
        from onrecord.exporting.csv import to_csv

        click.echo(to_csv(rows), nl=False)
        return
    if form == "json" or not sys.stdout.isatty():
        from onrecord.exporting.jsonl import to_jsonl

        click.echo(to_jsonl(rows), nl=False)
        return
    from onrecord.terminal import print_rows

    print_rows(rows, nothing)


@cli.command()
@click.argument("actor")
@click.argument("other", required=False)
@_store_option
@_period_options
@click.option("--type", "kind", metavar="TYPE", help="One PLOVER type, such as REJECT.")
@click.option("--modality", metavar="NAME", help="happened, ongoing, planned, offered, threatened, "
              "demanded, denied or hypothetical.")  # fmt: skip
@_confidence_option
@_form_options
def timeline(
    actor: str, other: str | None, store: str, since: str | None, until: str | None,
    kind: str | None, modality: str | None, min_confidence: float, form: str | None,
) -> None:  # fmt: skip
    """What happened between ACTOR and OTHER, in time, with the words that prove it.

    Actors are given by name or by country code: onrecord timeline MEX USA
    """
    with _asked(store) as answers:
        rows = answers.timeline(
            actor, other, start=since, end=until, type=kind, modality=modality,
            min_confidence=min_confidence,
        )  # fmt: skip
        _print_rows(rows, form, "nothing between them in this store")


@cli.command()
@click.option("--by", metavar="NAME", help="Who said it.")
@click.option("--to", metavar="NAME", help="To whom it was said.")
@click.option("--about", metavar="WORDS", help="Words of what was said.")
@_store_option
@_period_options
@_confidence_option
@_form_options
def statements(
    by: str | None, to: str | None, about: str | None, store: str, since: str | None,
    until: str | None, min_confidence: float, form: str | None,
) -> None:  # fmt: skip
    """Who said what to whom, in time."""
    with _asked(store) as answers:
        rows = answers.statements(
            by=by, to=to, about=about, start=since, end=until, min_confidence=min_confidence
        )
        _print_rows(rows, form, "no such statement in this store")


@cli.command()
@click.argument("actor")
@click.option("--about", metavar="WORDS", help="Words of what the position is on.")
@click.option("--stance", metavar="NAME", help="supports, rejects, demands, offers or another "
              "stance.")  # fmt: skip
@_store_option
@_period_options
@_confidence_option
@_form_options
def positions(
    actor: str, about: str | None, stance: str | None, store: str, since: str | None,
    until: str | None, min_confidence: float, form: str | None,
) -> None:  # fmt: skip
    """What ACTOR stands for: since when, how often said, and where it changed.

    onrecord positions "Claudia Sheinbaum" --about "US military"
    """
    with _asked(store) as answers:
        rows = answers.positions(
            actor, about=about, start=since, end=until, stance=stance,
            min_confidence=min_confidence,
        )  # fmt: skip
        _print_rows(rows, form, "no position on this in this store")


@cli.command()
@click.option("--by", metavar="NAME", help="Who puts the figure forward.")
@click.option("--about", metavar="WORDS", help="Words of what the figure is about.")
@_store_option
@_period_options
@_confidence_option
@click.option("--compare", is_flag=True, help="Set figures on the same thing side by side.")
@_form_options
def claims(
    by: str | None, about: str | None, store: str, since: str | None, until: str | None,
    min_confidence: float, compare: bool, form: str | None,
) -> None:  # fmt: skip
    """The figures put forward: their value, change and basis, and who claims them."""
    with _asked(store) as answers:
        ask = answers.comparisons if compare else answers.claims
        rows: Sequence[msgspec.Struct] = ask(
            about=about, by=by, start=since, end=until, min_confidence=min_confidence
        )
        nothing = "no two figures on the same thing" if compare else "no such claim"
        _print_rows(rows, form, f"{nothing} in this store")


@cli.command()
@click.option("--who", metavar="NAME", help="Who takes part.")
@_store_option
@_period_options
@_confidence_option
@click.option("--ics", is_flag=True, help="Print an iCalendar file.")
@_form_options
def calendar(
    who: str | None, store: str, since: str | None, until: str | None, min_confidence: float,
    ics: bool, form: str | None,
) -> None:  # fmt: skip
    """What is announced for which day: meetings, votes, deadlines."""
    with _asked(store) as answers:
        rows = answers.calendar(who=who, start=since, end=until, min_confidence=min_confidence)
        if ics:
            from onrecord.exporting.ics import to_ics

            click.echo(to_ics(rows), nl=False)
        else:
            _print_rows(rows, form, "nothing announced in this store")


@cli.command()
@click.argument("words")
@_store_option
@_form_options
def search(words: str, store: str, form: str | None) -> None:
    """Find the articles that hold all of WORDS."""
    with _asked(store) as answers:
        _print_rows(answers.search(words), form, "no article has these words")


@cli.command()
@click.argument("identifier", metavar="ID")
@click.option("--in", "source", metavar="SOURCE", help="Read this article instead of a store.")
@click.option("--retrieved-at", metavar="WHEN", help="With --in: when the page was fetched.")
@click.option("--published", metavar="WHEN", help="With --in: when it was published.")
@_store_option
@_json_option
def explain(
    identifier: str, source: str | None, retrieved_at: str | None, published: str | None,
    store: str, as_json: bool,
) -> None:  # fmt: skip
    """Show one row: its sentence, its spans, the rule or model that decided, and why."""
    if source is not None:
        from onrecord.asking.explaining import explanation_of

        with _one_line_errors():
            record = _coded(source, retrieved_at, published)
            _print_explanation(explanation_of(record, identifier), as_json)
        return
    with _asked(store) as answers:
        _print_explanation(answers.explain(identifier), as_json)


def _print_explanation(explanation: Any, as_json: bool) -> None:
    if as_json or not sys.stdout.isatty():
        from onrecord.exporting.jsonl import to_jsonl

        click.echo(to_jsonl([explanation]), nl=False)
        return
    from onrecord.terminal import print_explanation

    print_explanation(explanation)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from onrecord.schema import record_schema

    click.echo(json.dumps(record_schema(), indent=2, ensure_ascii=False))


@cli.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
              default=Path("demo-output"), show_default=True,
              help="Where the store and the page are written.")  # fmt: skip
def demo(output: Path) -> None:
    """Read a real article, print its record, store it, ask the store, and write a page."""
    from onrecord.demo import run_demo

    with _one_line_errors():
        run_demo(output)
