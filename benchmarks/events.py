"""Events against the gold set: type, modality, actors, traps, claims, appointments; speed of the stage.

Run ``python benchmarks/events.py [SHARED]``. The peers' figures are those measured on the hidden part
of the same gold set; ours are on its public part, on which the rules were developed: expect less on
other articles.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.coding.appointments import find_appointments
from onrecord.coding.attributions import find_attributions
from onrecord.coding.claims import find_claims
from onrecord.coding.events import find_events
from onrecord.parsing import Annotated, annotate
from onrecord.record import Appointment, Attribution, Claim, Document, EventMention
from shared import SHARED, MissingData, need, scorer

GOALS = {
    "type F1": 70.0, "type precision": 72.0, "full F1": 50.0, "dyad": 75.0,
    "modality macro recall": 80.0, "non-events": 5.0, "appointments F1": 80.0, "claims F1": 80.0,
    "words per CPU-second": 8000.0,
}  # fmt: skip
PETRARCH = {"type F1": 14.6, "full F1": 8.2}
KEYWORDS = {"type F1": 50.9, "non-events": 33.0}


def gold_articles(shared: Path) -> list[dict[str, Any]]:
    """Return the gold articles with their texts. Raises ``MissingData`` where they are not here."""
    gold = need(shared / "data/gold/events_dev.jsonl")
    joiner = need(shared / "tools/join_events_text.py")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "joined.jsonl"
        command = [sys.executable, str(joiner), str(gold), str(out), str(shared / "data")]
        subprocess.run(command, check=True, capture_output=True)
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def predict(article: dict[str, Any]) -> tuple[dict[str, Any], int, float]:
    """Code one article; return it in the scorer's shape, its words, CPU-seconds of the stage."""
    document = Document.from_text(article["text"], published=article["published"])
    annotated = annotate(document)
    attributions = find_attributions(annotated)
    start = time.process_time()
    events = find_events(annotated, attributions)
    appointments = find_appointments(annotated, attributions, events)
    spent = time.process_time() - start
    speakers = {item.id: item for item in attributions}
    rows = {
        "doc": article["doc"],
        "events": [as_row(annotated, event, speakers) for event in events],
        "appointments": [_appointment(item) for item in appointments],
        "claims": [_claim(item) for item in find_claims(annotated, attributions)],
    }
    return rows, len(article["text"].split()), spent


def as_row(
    annotated: Annotated, event: EventMention, attributions: dict[str, Attribution]
) -> dict[str, Any]:
    """Return an event mention in the scorer's shape."""
    voice = attributions.get(event.attribution or "")
    row: dict[str, Any] = {
        "sentence": [event.sentence.start, event.sentence.end],
        "trigger": [event.trigger.start, event.trigger.end],
        "trigger_text": event.trigger.of(annotated.text),
        "type": event.type,
        "modality": event.modality,
        "attributed": voice is not None,
        "said_by": [annotated.actors[name].name for name in voice.speaker] if voice else None,
        "why": event.why,
    }
    for side, ids, spans in (
        ("actor", event.actor, event.actor_spans),
        ("recipient", event.recipient, event.recipient_spans),
    ):
        known = [annotated.actors[name] for name in ids]
        row[f"{side}_country"] = [actor.country for actor in known if actor.country]
        names = [actor.name for actor in known] or [span.of(annotated.text) for span in spans]
        row[f"{side}_name"] = names
    return row


def _appointment(item: Appointment) -> dict[str, Any]:
    start, end = item.when.start or "", item.when.end or ""
    when = start[:10] if start[:10] == end[:10] else f"{start[:10]}/{end[:10]}"
    return {"span": [item.span.start, item.span.end], "when": when}


def _claim(item: Claim) -> dict[str, Any]:
    spread = (
        f"{item.low:g}-{item.high:g}" if item.low is not None and item.high is not None else None
    )
    value = item.value if item.value is not None else spread
    return {"span": [item.span.start, item.span.end], "value": value}


def run(shared: Path = SHARED) -> dict[str, float]:
    """Return the figures by name, in percent but for the speed."""
    articles = gold_articles(shared)
    scores = scorer(shared, "score_events")
    predict(articles[0])  # loads the models outside the measured time
    counts, words, spent = [], 0, 0.0
    for article in articles:
        rows, size, seconds = predict(article)
        counts.append(scores.doc_counts(article, rows)[0])
        words, spent = words + size, spent + seconds
    return _figures(scores, scores.tot(counts)) | {"words per CPU-second": words / spent}


def _figures(scores: ModuleType, total: dict[str, int]) -> dict[str, float]:
    found: dict[str, float] = {}
    for level, name in (("type", "type"), ("full", "full"), ("appt", "appointments"),
                        ("claim", "claims")):  # fmt: skip
        precision, recall, f1 = scores.prf(total, level)[:3]
        found |= {f"{name} precision": precision, f"{name} recall": recall, f"{name} F1": f1}
    recalls = [
        total.get(f"mod3_ok_{part}", 0) / total[f"mod3_n_{part}"]
        for part in ("real", "future", "not")
        if total.get(f"mod3_n_{part}")
    ]
    found["modality macro recall"] = sum(recalls) / max(1, len(recalls))
    for name, right, of in (
        ("actor", "actor_ok", "actor_n"),
        ("recipient", "recipient_ok", "recipient_n"),
        ("dyad", "dyad_ok", "dyad_n"),
        ("attributed", "att_ok", "att_n"),
        ("non-events", "ne_fp", "ne_n"),
    ):
        found[name] = total.get(right, 0) / max(1, total.get(of, 0))
    return {name: 100 * value for name, value in found.items()}


def main() -> None:
    """Print the figures beside the goals and the peers'."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    try:
        figures = run(parser.parse_args().shared)
    except MissingData as missing:
        raise SystemExit(f"events: {missing}") from None
    print(f"{'':26}{'onrecord':>9}{'goal':>8}{'PETRARCH':>10}{'keywords':>10}")
    for name, value in figures.items():
        others = [GOALS.get(name), PETRARCH.get(name), KEYWORDS.get(name)]
        cells = [f"{cell:.1f}" if cell is not None else "–" for cell in others]
        print(f"{name:26}{value:9.1f}{cells[0]:>8}{cells[1]:>10}{cells[2]:>10}")


if __name__ == "__main__":
    main()
