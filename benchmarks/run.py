"""All benchmarks in one table: ours, the floor under it, the peers beside it.

``python benchmarks/run.py [--only NAME]... [--json FILE] [--shared DIR] [--all]``

The sets stand in the folder ``shared`` beside the repository; a set that is not there is named, with
what it is wanted for, and the rest goes on. The exit code is 1 where a floor is broken or a benchmark
fails, else 0. ``floors.toml`` and ``peers.toml`` are beside this file.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import sys
import time
import tomllib
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from shared import SHARED, MissingData  # noqa: E402

Figures = dict[str, float]
Verdict = Literal["holds", "BROKEN", "no data", ""]


@dataclass(frozen=True)
class Task:
    """One benchmark: its module, what it is about, on which set, and the measures it shows."""

    name: str
    title: str
    data: str
    measures: tuple[str, ...]
    note: str = ""


_SPEAKER = "speaker accuracy over matched: "
_PAGES = tuple(
    f"{part} {key}"
    for part in ("aeb", "fundus", "fixtures")
    for key in ("precision", "recall", "f1")
)
_STAGES = ("reading", "syntax", "mentions and coreference", "times, quantities, places",
           "attributions", "events", "claims and appointments", "all else")  # fmt: skip
TASKS = (
    Task("seed", "the seed article", "71 facts",
         ("facts held, from text", "facts held, from page", "attributions coded", "two runs equal")),
    Task("attributions", "who said what", "PolNeAR dev, 84 articles",
         ("content token F1", "all rel F1", "all overlap F1", "all exact F1", "direct rel F1",
          "direct overlap F1", "direct exact F1", "indirect rel F1", "indirect overlap F1",
          "indirect exact F1", "words per CPU second")),
    Task("speakers", "who is meant", "20 PolNeAR dev articles, 414 attributions",
         (f"{_SPEAKER}named", "form accuracy over matched", f"{_SPEAKER}how:pronoun", f"{_SPEAKER}how:nominal", f"{_SPEAKER}all",
          "end-to-end (content and speaker) F1",
          "addressee, stated in the sentence or as a vocative F1")),
    Task("coreference", "pronouns", "GAP development, 2,000",
         ("F1", "precision", "recall", "feminine F1", "masculine F1", "bias")),
    Task("mentions", "names of states and others", "Phoenix countries; MEANTIME, 90 articles",
         ("aliases right", "aliases wrong", "demonyms right", "demonyms wrong",
          "MEANTIME PER names found", "MEANTIME ORG names found", "MEANTIME LOC names found",
          "MEANTIME pronouns right")),
    Task("times", "time expressions, F1", "MEANTIME without datelines",
         ("meantime.strict", "meantime.relaxed", "meantime.type", "meantime.value",
          "words_per_second")),
    Task("quantities", "numbers", "30 news sentences; Recognizers-Text specifications",
         ("news.right", "news.extra", "number.right", "percent.right", "currency.right")),
    Task("pages", "article text of web pages", "aeb 91, Fundus 40, Fundus fixtures 119 pages",
         (*_PAGES, "fixtures title", "fixtures day", "fixtures byline", "fixtures invented bylines"),
         note="trafilatura is measured in the same run, on the same pages"),
    Task("events", "events, modality, appointments, claims", "gold/events_dev, 12 articles",
         ("type F1", "type precision", "type recall", "full F1", "dyad", "actor", "recipient",
          "modality macro recall", "non-events", "appointments F1", "claims F1", "attributed",
          "words per CPU-second")),
    Task("detection", "acts found, by patterns alone and with the network", "27 unread texts of our own",
         tuple(f"{part}, {name}: {key}" for part in ("plain", "dense") for name in ("both", "patterns")
               for key in ("type F1", "type precision", "type recall")),
         note="our own English, as is the writing that the network learned from: real news is harder"),
    Task("factuality", "did it happen, of given words", "UDS-IH2 dev; MEANTIME",
         ("UDS right", "UDS right, learned", "UDS majority right", "UDS macro F1",
          "UDS majority macro F1", "MEANTIME right", "MEANTIME majority right",
          "MEANTIME macro F1", "MEANTIME majority macro F1", "MEANTIME happened or not, rules",
          "MEANTIME happened or not, learned"),
         note="by our rules; learned: onrecord.factuality, fitted on UDS-IH2 train"),
    Task("relation", "PLOVER type of a marked pair", "PLV train, 1,050 sentences, five folds",
         ("root macro F1", "penta macro F1", "binary macro F1", "root accuracy",
          "patterns, root macro F1", "patterns, binary macro F1"),
         note="the encoder of each fold never saw the fold's sentences; patterns were in part written "
              "while reading misses of this set"),
    Task("speed", "speed of the whole record", "PolNeAR dev, 40 articles, one thread",
         ("words per CPU-second", "words per CPU-second, spaCy", "time over spaCy's",
          *(f"{stage}, share %" for stage in _STAGES), "grounding, words per CPU-second",
          "attributions, words per CPU-second", "events, words per CPU-second",
          "onrecord --help, CPU ms", "onrecord --help, wall ms", "seed cold, CPU s",
          "seed cold, wall s", "loading the actor tables, CPU s",
          "resident memory over 200 articles, MB")),
)  # fmt: skip
#: Peers that are run here and now: benchmark, peer's name, module.
LIVE = {"attributions": ("textacy, this run", "textacy_peer")}


@dataclass
class Outcome:
    """What a benchmark gave: our figures, the peers' of the same run, what it had to say."""

    figures: Figures = field(default_factory=dict)
    peers: dict[str, Figures] = field(default_factory=dict)
    lacks: list[str] = field(default_factory=list)
    failed: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    task: Task
    measure: str
    ours: float | None
    floor: str
    verdict: Verdict
    peers: tuple[tuple[str, float], ...]


def read_floors(path: Path = HERE / "floors.toml") -> dict[str, dict[str, Any]]:
    """Return the floors by benchmark and measure. Raises ``ValueError`` where one is no floor."""
    floors = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, measures in floors.items():
        for measure, floor in measures.items():
            at_most = isinstance(floor, dict) and list(floor) == ["at_most"]
            if isinstance(floor, bool) or not (at_most or isinstance(floor, int | float)):
                raise ValueError(f"{path.name}: {name}: {measure}: {floor!r} is no floor")
    return floors


def read_peers(path: Path = HERE / "peers.toml") -> list[dict[str, Any]]:
    """Return the peers: benchmark, name, source, and their measures."""
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["peer"])


def judge(value: float | None, floor: Any, *, lacking: bool = False) -> Verdict:
    """Tell whether a figure keeps its floor; one not measured keeps none, unless data is lacking."""
    if floor is None:
        return ""
    if value is None:
        return "no data" if lacking else "BROKEN"
    kept = value <= floor["at_most"] if isinstance(floor, dict) else value >= floor
    return "holds" if kept else "BROKEN"


def carry_out(task: Task, shared: Path) -> Outcome:
    """Run a benchmark; a missing set and an error are said in the outcome."""
    outcome, said, begun = Outcome(), io.StringIO(), time.process_time()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            found = importlib.import_module(task.name).run(shared)
            outcome.figures, outcome.peers = split(task, found)
        outcome.lacks = [
            line for line in said.getvalue().splitlines() if line.startswith(task.name)
        ]
    except MissingData as error:
        outcome.lacks = [f"{task.name}: {error}"]
    except Exception as error:  # one broken benchmark must not hide the others' figures
        outcome.failed = f"{task.name}: {type(error).__name__}: {error}"
        traceback.print_exc()
    if not outcome.figures and not outcome.lacks and not outcome.failed:
        outcome.failed = f"{task.name}: gave no figures and did not say why"
    outcome.seconds = time.process_time() - begun
    if task.name in LIVE and outcome.figures:
        _add_live(task, outcome, shared)
    return outcome


def _add_live(task: Task, outcome: Outcome, shared: Path) -> None:
    name, module = LIVE[task.name]
    try:
        outcome.peers[name] = importlib.import_module(module).run(shared)
    except MissingData as error:
        outcome.lacks.append(f"{task.name}: peer not run: {error}")


def split(task: Task, found: Figures) -> tuple[Figures, dict[str, Figures]]:
    """Part a benchmark's figures into ours and those of peers, under the table's names.

    ``times.meantime.strict`` loses its first word; ``aeb/trafilatura/f1`` is trafilatura's ``aeb f1``,
    in percent as all else.
    """
    ours: Figures = {}
    peers: dict[str, Figures] = {}
    for key, value in found.items():
        parts = key.split("/")
        if len(parts) != 3:
            ours[key.removeprefix(f"{task.name}.")] = value
            continue
        part, reader, figure = parts
        into = ours if reader == "onrecord" else peers.setdefault(f"{reader}, this run", {})
        into[f"{part} {figure}"] = value if figure.startswith("seconds") else 100 * value
    return ours, peers


def rows_of(
    task: Task,
    outcome: Outcome,
    floors: dict[str, Any],
    peers: list[dict[str, Any]],
    *,
    every: bool,
) -> list[Row]:
    """Return the table's lines of one benchmark; ``every`` adds the measures it does not show."""
    measures = [*task.measures, *(m for m in floors if m not in task.measures)]
    if every:
        measures += [m for m in outcome.figures if m not in measures]
    known = [(p["name"], p["measures"]) for p in peers if p["benchmark"] == task.name]
    rows = []
    for measure in measures:
        ours, floor = outcome.figures.get(measure), floors.get(measure)
        if ours is None and floor is None:
            continue
        beside = tuple(
            (name, figures[measure])
            for name, figures in (*known, *outcome.peers.items())
            if measure in figures
        )
        verdict = judge(ours, floor, lacking=bool(outcome.lacks) and not outcome.failed)
        rows.append(Row(task, measure, ours, floor_shown(floor), verdict, beside))
    return rows


def floor_shown(floor: Any) -> str:
    """Return a floor as the table shows it, empty where there is none."""
    if floor is None:
        return ""
    return f"≤ {floor['at_most']:g}" if isinstance(floor, dict) else f"{floor:g}"


def number(value: float | None) -> str:
    """Return a figure with as many decimals as it deserves."""
    if value is None:
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 or value == int(value) else f"{value:.2f}"


def table(rows: list[Row]) -> str:
    """Return rows as one table; task and set stand in the first row of each task."""
    lines = [("task", "set", "measure", "ours", "floor", "", "peers")]
    last = None
    for row in rows:
        task, data = ("", "") if row.task is last else (row.task.title, row.task.data)
        peers = "  ".join(f"{name} {number(value)}" for name, value in row.peers)
        lines.append((task, data, row.measure, number(row.ours), row.floor, row.verdict, peers))
        last = row.task
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    shown = []
    for line in lines:
        cells = [
            cell.rjust(width) if column in (3, 4) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=False))
        ]
        shown.append("  ".join([*cells, line[6]]).rstrip())
        if len(shown) == 1:
            shown.append("-" * (sum(widths) + 12 + len("peers")))
    return "\n".join(shown)


def options_of(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = [task.name for task in TASKS]
    parser.add_argument(
        "--only", action="append", choices=names, metavar="NAME",
        help=f"run this one alone (may be repeated): {', '.join(names)}",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    parser.add_argument(
        "--shared", type=Path, default=SHARED, metavar="DIR", help="where the sets and scorers are"
    )
    parser.add_argument("--all", action="store_true", help="show every figure of each benchmark")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks, print the table; return 1 where a floor is broken or one has failed."""
    options = options_of(arguments)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    floors, peers = read_floors(), read_peers()
    rows: list[Row] = []
    outcomes: dict[str, Outcome] = {}
    for task in TASKS:
        if options.only and task.name not in options.only:
            continue
        print(f"{task.name} …", end=" ", flush=True, file=sys.stderr)
        outcome = outcomes[task.name] = carry_out(task, options.shared.resolve())
        print(f"{outcome.seconds:.0f} CPU-seconds", file=sys.stderr)
        rows += rows_of(task, outcome, floors.get(task.name, {}), peers, every=options.all)
    print("\n".join([table(rows), *closing(rows, outcomes)]))
    if options.json:
        options.json.write_text(as_json(rows, outcomes), encoding="utf-8")
    broken = any(row.verdict == "BROKEN" for row in rows)
    return int(broken or any(outcome.failed for outcome in outcomes.values()))


def closing(rows: list[Row], outcomes: dict[str, Outcome]) -> list[str]:
    """Return what stands below the table: notes, sets that are lacking, what failed or fell."""
    shown = {row.task.name: row.task for row in rows}
    lines = ["", "Peers' figures without “this run” were measured elsewhere (peers.toml)."]
    lines += [f"{task.title}: {task.note}." for task in shown.values() if task.note]
    for outcome in outcomes.values():
        lines += [f"lacking: {line}" for line in outcome.lacks]
        lines += [f"FAILED: {outcome.failed}"] if outcome.failed else []
    broken = [row for row in rows if row.verdict == "BROKEN"]
    kept = sum(row.verdict == "holds" for row in rows)
    lines += [
        f"BROKEN: {r.task.name}: {r.measure}: {number(r.ours)}, floor {r.floor}" for r in broken
    ]
    return [*lines, f"{kept} floors hold, {len(broken)} broken."]


def as_json(rows: list[Row], outcomes: dict[str, Outcome]) -> str:
    """Return all figures as JSON: by benchmark ours, peers of this run, what lacks; and the rows."""
    content = {
        "benchmarks": {
            name: {"ours": o.figures, "peers": o.peers, "lacking": o.lacks, "failed": o.failed}
            for name, o in outcomes.items()
        },
        "rows": [
            {"benchmark": row.task.name, "measure": row.measure, "ours": row.ours,
             "floor": row.floor or None, "verdict": row.verdict or None, "peers": dict(row.peers)}
            for row in rows
        ],
    }  # fmt: skip
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
