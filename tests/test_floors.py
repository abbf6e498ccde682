"""The floors and peers of the benchmarks, and how a figure is held against them."""

import importlib
import os
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
SHARED = BENCHMARKS.parents[1] / "shared"


@pytest.fixture(autouse=True)
def _path(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(BENCHMARKS)):
            del sys.modules[name]


@pytest.fixture
def run():
    return importlib.import_module("run")


@pytest.fixture
def measures(run):
    return {task.name: set(task.measures) for task in run.TASKS}


def test_every_floor_names_a_measure_that_a_benchmark_has(run, measures):
    floors = run.read_floors()
    named = {(name, measure) for name, row in floors.items() for measure in row}
    known = {(name, measure) for name, row in measures.items() for measure in row}
    assert named
    assert named <= known


def test_every_benchmark_has_a_floor(run, measures):
    assert set(run.read_floors()) == set(measures)


def test_every_peer_names_a_measure_that_a_benchmark_has_and_a_source(run, measures):
    for peer in run.read_peers():
        assert peer["measures"].keys() <= measures[peer["benchmark"]], peer["name"]
        assert peer["source"]
        assert peer["name"]


def test_every_benchmark_stands_in_a_file_of_its_own_with_a_run(measures):
    for name in measures:
        assert "\ndef run(shared: Path" in (BENCHMARKS / f"{name}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "floor", "lacking", "verdict"),
    [
        (75.2, 75, False, "holds"),
        (75.0, 75.0, False, "holds"),
        (74.9, 75, False, "BROKEN"),
        (1.9, {"at_most": 2.0}, False, "holds"),
        (2.1, {"at_most": 2.0}, False, "BROKEN"),
        (None, 75, False, "BROKEN"),
        (None, 75, True, "no data"),
        (74.9, None, False, ""),
    ],
)
def test_a_figure_is_held_against_its_floor(run, value, floor, lacking, verdict):
    assert run.judge(value, floor, lacking=lacking) == verdict


def test_what_is_no_floor_is_refused(run, tmp_path):
    path = tmp_path / "floors.toml"
    path.write_text('[times]\n"meantime.strict" = "high"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"floors\.toml: times: meantime\.strict: 'high'"):
        run.read_floors(path)


def test_figures_of_a_peer_in_the_same_run_are_told_from_ours(run):
    task = run.Task("pages", "", "", ())
    ours, peers = run.split(task, {"aeb/onrecord/f1": 0.9, "aeb/trafilatura/f1": 0.8})
    assert ours == {"aeb f1": 90.0}
    assert peers == {"trafilatura, this run": {"aeb f1": 80.0}}


def test_the_table_names_task_and_set_once_and_peers_beside_ours(run):
    task = run.Task("times", "times", "a set", ("strict", "value"))
    outcome = run.Outcome({"strict": 80.0, "value": 70.0})
    peers = [{"benchmark": "times", "name": "other", "measures": {"strict": 60.0}}]
    rows = run.rows_of(task, outcome, {"value": 71.0}, peers, every=False)
    table = run.table(rows)
    assert table.count("a set") == 1
    assert [row.verdict for row in rows] == ["", "BROKEN"]
    assert "other 60.0" in table


def test_a_set_that_is_not_there_is_named_and_breaks_nothing(run, tmp_path, capsys, monkeypatch):
    wanting = tuple(task for task in run.TASKS if task.name != "detection")  # its texts are ours
    monkeypatch.setattr(run, "TASKS", wanting)
    answer = run.main(["--shared", str(tmp_path)])
    said = capsys.readouterr().out
    assert answer == 0
    for task in run.TASKS:
        assert f"lacking: {task.name}" in said


def test_gap_counts_two_answers_a_pronoun():
    coreference = importlib.import_module("coreference")
    text = "Ann met Bea. She left."
    ann, bea, she = (coreference.Span(*at) for at in ((0, 3), (8, 11), (13, 16)))
    snippet = coreference.Snippet("one", text, she, ((ann, True), (bea, False)))
    right = coreference.Answer(snippet, (True, False), ("Ann",))
    wrong = coreference.Answer(snippet, (False, True), ("Bea",))
    figures = coreference.score([right, wrong])
    assert (figures["precision"], figures["recall"], figures["F1"]) == (50.0, 50.0, 50.0)
    assert coreference.group(right) is None
    assert coreference.group(wrong) == "the other candidate"


def test_a_country_of_the_dictionary_has_the_aliases_directly_below_it():
    mentions = importlib.import_module("mentions")
    text = "# a comment\nPERU_  [PER]\n+PERUVIAN_ \n+RIO_DE_JANEIRO # not\n\nSOMEBODY_\n+OTHER_\n"
    assert list(mentions.phoenix(text)) == [
        ("PERU", "PER", "PERUVIAN"),
        ("PERU", "PER", "RIO_DE_JANEIRO"),
    ]
    assert mentions.as_written("RIO_DE_JANEIRO") == "Rio de Janeiro"
    assert mentions.as_written("U.K.") == "U.K."
    assert mentions.is_demonym("PERU", "PERUVIAN")
    assert not mentions.is_demonym("PERU", "PERRU")


def test_a_stage_has_its_own_time_only(monkeypatch):
    speed = importlib.import_module("speed")
    clock = iter(range(100))
    monkeypatch.setattr(speed.time, "process_time", lambda: float(next(clock)))
    stages = speed.Stages()
    inner = stages.timed("syntax", lambda: None)
    stages.timed("events", lambda: inner())()
    assert stages.seconds["syntax"] == 1.0
    assert stages.seconds["events"] == 2.0


@pytest.mark.skipif(
    os.environ.get("ONRECORD_BENCH") != "1" or not SHARED.exists(),
    reason="set ONRECORD_BENCH=1, with the sets beside the repository, to hold the floors",
)
def test_the_floors_hold(run):
    assert run.main([]) == 0
