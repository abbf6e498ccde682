"""The demonstration: one real article from page to answer, in the steps a user would take."""

from __future__ import annotations

from pathlib import Path

import click

EXAMPLES = Path(__file__).parent / "examples"
ARTICLE = EXAMPLES / "sheinbaum-trump.html"
HOLDER, MATTER = "Claudia Sheinbaum", "US military"
RETRIEVED_AT = "2026-01-14T09:00:00Z"


def run_demo(output: Path) -> None:
    """Read the example, print its record, store it, ask the store, write a page into ``output``.

    Raises ``OnrecordError`` where ``output`` cannot be written.
    """
    import onrecord
    from onrecord.errors import OnrecordError
    from onrecord.serving.page import record_page
    from onrecord.terminal import print_record, print_rows

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OnrecordError(f"{output}: cannot be made ({error.strerror})") from None
    store, page = output / "news.db", output / "article.html"

    _step(f"onrecord read {ARTICLE.name} --retrieved-at {RETRIEVED_AT}")
    record = onrecord.code(onrecord.read(ARTICLE, retrieved_at=RETRIEVED_AT))
    print_record(record)

    _step(f"onrecord read {ARTICLE.name} --store {store} --html {page}")
    with onrecord.open(store) as answers:
        new = answers.add(record)
        click.echo("added to the store" if new else "already in the store: nothing was added")
        page.write_text(record_page([record]), encoding="utf-8")
        click.echo(f"wrote {page}")

        _step(f"onrecord timeline MEX USA --store {store}")
        print_rows(answers.timeline("MEX", "USA"), "nothing between them in this store")

        _step(f'onrecord positions "{HOLDER}" --about "{MATTER}" --store {store}')
        print_rows(answers.positions(HOLDER, about=MATTER), "no position on this in this store")
    click.echo(f"\nOpen {page} in a browser to see the article with its record.")


def _step(command: str) -> None:
    click.echo()
    click.secho(f"$ {command}", fg="cyan", bold=True)
