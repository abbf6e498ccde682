"""Label real texts by the patterns and by hand: python training/acts/silver.py --data DIR --out FILE

Out: JSON lines with ``text`` and ``marks`` (start, end, type; "O": no act; null: nobody knows). A verb or
noun whose pattern made a row has the row's type. Verbs between actors that no pattern knows, and words of
patterns that made no row, are not known, but for those of ``judged.tsv``. All other words are no acts.
PLV's labels overrule the patterns: a row of another type is not known.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from onrecord.coding.event_arguments import base_form
from onrecord.coding.event_modality import judge
from onrecord.coding.event_patterns import Act, argument, match
from onrecord.coding.events import LONGEST, Coder
from onrecord.knowledge.plover import Pattern, load_patterns, patterns_by_lemma
from onrecord.parsing import annotate
from onrecord.parsing.annotated import Annotated, Sentence
from onrecord.record import Document
from spacy.tokens import Token

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "benchmarks"))
from relation import rows as plv_rows  # noqa: E402
from relation import unmark  # noqa: E402

NAMES = (
    "object", "dative", "with", "against", "on", "to", "at", "for", "from", "in", "into", "of",
    "over", "towards", "between", "about", "by",
)  # fmt: skip
IDLE = frozenset(
    "be have do say tell make go come add know think seem become let want get need try continue "
    "begin start believe mean happen look feel appear remain like love keep".split()
)
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
Mark = tuple[int, int, str | None]


def texts(data: Path) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield set, number, text and PLV's root, or none."""
    for number, row in enumerate(plv_rows(data.parent)):
        yield "plv", str(number), unmark(row["marked_sentence"])[0], row["gold_root"]
    with (data / "meantime/meantime_en.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield "meantime", str(number), json.loads(line)["text"], None
    with gzip.open(data / "neardup/neardup-synthetic.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["variant"] == "orig":
                yield "neardup", str(row["id"]), row["text"], None
    with gzip.open(data / "polnear/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 2 == 0:
                yield "polnear", str(number), json.loads(line)["text"], None


def judged() -> dict[tuple[str, str, int], str]:
    """Return what we judged by hand, by set, number and code point: a type, or "O"."""
    with (HERE / "judged.tsv").open(encoding="utf-8", newline="") as file:
        return {
            (row["set"], row["number"], int(row["start"])): row["label"]
            for row in csv.DictReader(file, delimiter="\t")
        }


def marks_of(annotated: Annotated, root: str | None, known: dict[int, str]) -> list[Mark]:
    """Return the marks of one text; ``known`` are those judged by hand, by code point."""
    coder = Coder(annotated, (), detects=False)
    marks: list[Mark] = []
    for sentence in annotated.sentences:
        if sentence.last - sentence.first > LONGEST:
            continue
        rows = {row.token.i: row for row in coder.code(sentence)}
        for token in annotated.doc[sentence.first : sentence.last]:
            place = (token.idx, token.idx + len(token))
            row = rows.get(token.i)
            if row is not None:
                kind: str | None = row.pattern.type
                if root is not None and YIELD.get(row.pattern.type, kind) != root:
                    kind = None
                others = [w for w in annotated.tokens_in(row.trigger) if w.i != token.i]
                marks += [(w.idx, w.idx + len(w), None) for w in others]
                marks.append((*place, kind))
            elif token.idx in known:
                marks.append((*place, known[token.idx]))
            elif _open(annotated, coder, sentence, token):
                marks.append((*place, None))
    return marks


def _open(annotated: Annotated, coder: Coder, sentence: Sentence, token: Token) -> bool:
    """Tell whether nobody knows if a word tells an act."""
    word = base_form(token)
    if token.tag_[:1] == "N":
        return bool(patterns_by_lemma().get(("noun", word)))
    if token.tag_[:1] != "V" or token.dep_ in ("aux", "auxpass"):
        return False
    if token.dep_ in ("amod", "compound") or match(token):
        return True
    if word in IDLE or not word.isalpha():
        return False
    subjects = tuple(("subject", noun) for noun in argument(token, "subject"))
    others = tuple((name, noun) for name in NAMES for noun in argument(token, name))
    if not subjects or not others:
        return False
    act = Act(_any_verb(word), token, (token,), subjects, others)
    judgement = judge(token, sentence.heading)
    roles = coder.roles.roles(act, judgement, coder.voices.at(token), coder.history)
    return all(
        any(party.actors or party.countries for party in side)
        for side in (roles.actors, roles.recipients)
    )


def _any_verb(word: str) -> Pattern:
    base = next(pattern for pattern in load_patterns() if pattern.kind == "verb")
    return msgspec.structs.replace(
        base, words=word, actor=(), recipient=(), object=(), type="ACCUSE", mode=None
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, default=Path("../shared/data"))
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    by_text: dict[tuple[str, str], dict[int, str]] = {}
    for (name, number, start), label in judged().items():
        by_text.setdefault((name, number), {})[start] = label
    with a.out.open("w", encoding="utf-8") as out:
        for name, number, text, root in texts(a.data):
            annotated = annotate(Document.from_text(text))
            marks = marks_of(annotated, root, by_text.get((name, number), {}))
            out.write(json.dumps({"text": annotated.text, "marks": marks}) + "\n")


if __name__ == "__main__":
    main()
