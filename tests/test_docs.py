"""The documentation holds: all commands, names, fields and types are in it, and its examples run.

``python tests/test_docs.py`` writes anew what is generated: the help texts in docs/commands.md and the
output of the demonstration in README.md.
"""

from __future__ import annotations

import inspect
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import msgspec
import pytest
from click.testing import CliRunner

import onrecord
from articles import EXAMPLES, RETRIEVED_AT, document, seed_record
from onrecord import record
from onrecord.asking.answers import Answers
from onrecord.cli import cli
from onrecord.knowledge import plover
from onrecord.knowledge.actors import Agent, Organisation, State, Tenure, Title
from onrecord.knowledge.cues import Cue, CueClass
from onrecord.knowledge.event_numbers import NumberWord
from onrecord.knowledge.places import Feature
from onrecord.knowledge.plover import Governor, Pattern
from onrecord.knowledge.positions import EvidenceRow, Repetition, load_stances
from onrecord.knowledge.tables import FOLDER, numbered_rows

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COMMANDS = DOCS / "commands.md"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
TABLES: dict[str, type[msgspec.Struct]] = {
    "states.tsv": State, "people-europe.tsv": Tenure, "organisations.tsv": Organisation,
    "agents.tsv": Agent, "titles.tsv": Title, "cues.tsv": Cue, "patterns.tsv": Pattern,
    "modality.tsv": Governor, "features.tsv": Feature, "numbers.tsv": NumberWord,
    "evidence.tsv": EvidenceRow, "repetition.tsv": Repetition,
}  # fmt: skip
_HELP = re.compile(r"<!-- onrecord ?(\w*) --help -->\n```text\n(.*?)```", re.DOTALL)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(#[^)\s]+)?\)")
_DEMO = re.compile(r"<!-- demo -->\n```text\n.*?```", re.DOTALL)
_TSV = re.compile(r"<!-- ([\w-]+\.tsv) -->\n```tsv\n(.*?)```", re.DOTALL)


def help_text(command: str) -> str:
    arguments = [command, "--help"] if command else ["--help"]
    result = CliRunner().invoke(cli, arguments, prog_name="onrecord", env={"COLUMNS": "100"})
    return result.output


def with_help_texts(page: str) -> str:
    def fresh(found: re.Match[str]) -> str:
        name = " ".join(filter(None, ["onrecord", found[1], "--help"]))
        return f"<!-- {name} -->\n```text\n{help_text(found[1])}```"

    return _HELP.sub(fresh, page)


def section(page: str, heading: str) -> str:
    """Return what stands under a second-level heading, without generated help texts."""
    parts = re.split(r"^## ", _HELP.sub("", page), flags=re.MULTILINE)
    return next((part for part in parts if part.split("\n")[0].strip() == heading), "")


def options() -> Iterator[tuple[str, str]]:
    for name, command in sorted(cli.commands.items()):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, option) for option in parameter.opts)


def structs() -> list[type[msgspec.Struct]]:
    found = [value for value in vars(record).values() if inspect.isclass(value)]
    return [kind for kind in found if issubclass(kind, record.Value) and kind is not record.Value]


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in _BLOCK.findall(page.read_text("utf-8")) if kind == language]


def commands_in(page: Path) -> list[str]:
    """Return the onrecord commands of a page that need neither the network nor an id."""
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    given = [line.removeprefix("$ ") for line in lines if line.startswith("$ onrecord ")]
    return [line for line in given if "://" not in line and " ID" not in line]


def with_examples(folder: Path) -> None:
    shutil.copytree(EXAMPLES, folder / "src" / "onrecord" / "examples")


def test_help_texts_are_those_of_the_program() -> None:
    page = COMMANDS.read_text("utf-8")
    assert page == with_help_texts(page), "run `python tests/test_docs.py`"


def test_every_command_has_a_section_with_its_help_text() -> None:
    page = COMMANDS.read_text("utf-8")
    documented = {name for name, _ in _HELP.findall(page)}
    assert documented == {"", *cli.commands}
    assert [name for name in cli.commands if not section(page, f"onrecord {name}")] == []


def test_every_option_is_explained_in_the_section_of_its_command() -> None:
    page = COMMANDS.read_text("utf-8")
    missing = [
        f"{name} {option}" for name, option in options()
        if f"`{option}" not in section(page, f"onrecord {name}")
    ]  # fmt: skip
    assert missing == []


def test_every_public_name_has_a_section() -> None:
    page = (DOCS / "python.md").read_text("utf-8").replace("\\_", "_")
    assert [name for name in onrecord.__all__ if not section(page, f"onrecord.{name}")] == []


def test_every_method_of_a_store_is_documented() -> None:
    page = section((DOCS / "python.md").read_text("utf-8"), "onrecord.open")
    methods = [name for name in dir(Answers) if not name.startswith("_")]
    assert [
        name for name in methods if callable(getattr(Answers, name)) and f"{name}(" not in page
    ] == []


def test_every_field_of_the_data_model_is_in_its_section() -> None:
    page = (DOCS / "record.md").read_text("utf-8")
    missing = [
        f"{kind.__name__}.{field}" for kind in structs() for field in kind.__struct_fields__
        if f"| `{field}` |" not in section(page, kind.__name__)
    ]  # fmt: skip
    assert missing == []


def test_record_page_documents_no_field_that_is_not_there() -> None:
    page = (DOCS / "record.md").read_text("utf-8")
    for kind in structs():
        named = re.findall(r"^\| `(\w+)` \|", section(page, kind.__name__), re.MULTILINE)
        assert named == list(kind.__struct_fields__)


def test_codebook_has_every_type_mode_modality_and_context() -> None:
    page = (DOCS / "events.md").read_text("utf-8")
    wanted = [*get_args(record.EventType), *get_args(record.Modality)]
    wanted += [mode for _, mode in plover.load_modes()]
    wanted += [row.context for row in plover.load_contexts()]
    assert [name for name in wanted if f"`{name}`" not in page] == []


def shown_events() -> list[tuple[str, str, str | None, str]]:
    """Return (sentence, type, mode, modality) of each example in the codebook."""
    found: list[tuple[str, str, str | None, str]] = []
    for line in (DOCS / "events.md").read_text("utf-8").splitlines():
        match [cell.strip() for cell in line.strip("|").split("|")]:
            case [kind, _, _, _, sentence] if kind.startswith("`"):
                found.append((sentence, kind.strip("`"), None, "happened"))
            case [kind, mode, _, sentence] if mode.startswith("`"):
                found.append((sentence, kind, mode.strip("`"), "happened"))
            case [modality, _, sentence, kind] if modality.startswith("`"):
                found.append((sentence, kind, None, modality.strip("`")))
    return found


def test_examples_of_the_codebook_are_coded_as_it_says() -> None:
    shown = shown_events()
    wrong = []
    for sentence, kind, mode, modality in shown:
        rows = onrecord.code(document(sentence)).events
        coded = {(row.type, mode and row.mode, row.modality) for row in rows}
        if (kind, mode, modality) not in coded:
            wrong.append((sentence, kind, mode, modality, coded))
    assert wrong == []
    assert len(shown) > 90


def test_numbers_shown_in_the_codebook_are_counted_as_it_says() -> None:
    shown = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$",
        (DOCS / "events.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert {kind for kind, _ in shown} == set(get_args(record.NumberKind))
    for kind, sentence in shown:
        events = onrecord.code(document(sentence)).events
        assert [number.kind for event in events for number in event.numbers] == [kind], sentence


def test_every_stance_is_documented_with_its_direction() -> None:
    page = (DOCS / "positions.md").read_text("utf-8")
    for row in load_stances().values():
        direction = "–" if row.direction == "none" else row.direction
        assert f"| `{row.stance}` | {direction} |" in page
        assert row.example in page


def test_every_class_of_cue_is_documented() -> None:
    page = (DOCS / "attributions.md").read_text("utf-8")
    assert [name for name in get_args(CueClass) if f"`{name}`" not in page] == []


def test_rows_shown_for_knowledge_tables_would_load(tmp_path: Path) -> None:
    shown = _TSV.findall((DOCS / "knowledge.md").read_text("utf-8"))
    assert {name for name, _ in shown} == set(TABLES)
    for name, rows in shown:
        path = tmp_path / name
        path.write_text(rows, "utf-8")
        assert list(numbered_rows(path, TABLES[name]))


def test_columns_shown_for_knowledge_tables_are_those_of_the_files() -> None:
    for name, rows in _TSV.findall((DOCS / "knowledge.md").read_text("utf-8")):
        (path,) = FOLDER.rglob(name)
        lines = path.read_text("utf-8").splitlines()
        columns = next(line for line in lines if line and not line.startswith("#"))
        assert rows.splitlines()[0].split("\t") == columns.split("\t"), name


def test_benchmarks_that_pages_name_are_there() -> None:
    named = {
        name for p in PAGES for name in re.findall(r"benchmarks/\w+\.py", p.read_text("utf-8"))
    }
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    assert len(named) > 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in _LINK.findall(page.read_text("utf-8")):
        path = page.parent / target
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
            assert anchor[1:] in {
                re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings
            }


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda p: p.name)
def test_python_examples_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_examples(tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), names)


@pytest.mark.parametrize("page", [p for p in PAGES if commands_in(p)], ids=lambda p: p.name)
def test_commands_shown_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_examples(tmp_path)
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    article = "src/onrecord/examples/sheinbaum-trump.html"
    first = ["read", article, "--retrieved-at", RETRIEVED_AT, "--store", "news.db"]
    assert runner.invoke(cli, first).exit_code == 0
    for line in commands_in(page):
        arguments = shlex.split(re.split(r"\s[|>]", line)[0])[1:]
        arguments = [
            str(p) for a in arguments for p in (sorted(Path().glob(a)) if "/*" in a else [a])
        ]
        result = runner.invoke(cli, arguments)
        assert result.exit_code == 0, f"{line}: {result.stderr}"


def test_no_page_names_this_machine() -> None:
    for page in [*PAGES, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]:
        assert not re.search(r"/(?:work|root|tmp|opt|home)/", page.read_text("utf-8")), page.name


def demonstration(width: int = 112, most: int = 3) -> str:
    """Return what the demonstration prints, cut to the first rows of each table."""
    from rich.console import Console

    from onrecord.terminal import print_record, print_rows

    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, highlight=False)
    out.write(
        f"$ onrecord read sheinbaum-trump.html --retrieved-at {RETRIEVED_AT} --store news.db\n"
    )
    print_record(seed_record("html"), console)
    out.write("$ onrecord timeline MEX USA\n\nTimeline\n")
    with onrecord.open(":memory:") as store:
        store.add(seed_record("html"))
        print_rows(store.timeline("MEX", "USA"), "nothing", console)
        out.write('$ onrecord positions "Claudia Sheinbaum" --about "US military"\n\nPositions\n')
        held = store.positions("Claudia Sheinbaum", about="US military")
        print_rows(held, "nothing", console)
    lines = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    parts = re.split(
        r"^(?=(?:Statements|Events|Claims|Appointments|Timeline|Positions)\b)",
        lines,
        flags=re.MULTILINE,
    )
    cut = "".join(_cut(part, most) for part in parts)
    return re.sub(r"^(?:Timeline|Positions)\n", "", cut, flags=re.MULTILINE).strip() + "\n"


def _cut(part: str, most: int) -> str:
    rows = re.split(r"\n\n+", part.strip("\n"))
    kept, rest = rows[: most + 1], rows[most + 1 :]
    commands = [row for row in rest if row.startswith("$ ")]
    return "\n\n".join([*kept, *(["…"] if len(rest) > len(commands) else []), *commands]) + "\n\n"


if __name__ == "__main__":
    COMMANDS.write_text(with_help_texts(COMMANDS.read_text("utf-8")), encoding="utf-8")
    readme = ROOT / "README.md"
    output = f"<!-- demo -->\n```text\n{demonstration()}```"
    readme.write_text(_DEMO.sub(lambda _: output, readme.read_text("utf-8")), encoding="utf-8")
