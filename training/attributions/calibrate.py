"""Fit the confidence of attributions on dev: python training/attributions/calibrate.py [--model DIR] [--write]

An attribution is right when its content matches a gold one (overlap at least a half, as the scorer counts) and so does
its source.  A logistic function of the tagger's own probabilities is fitted to that; figures printed are from five folds.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
from onrecord.coding.tagger import MODEL_DIR, AttributionTagger  # noqa: E402


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attributions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Weights of a logistic regression with a little shrinkage (not of the bias, the last column), by Newton's method."""
    w = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], ridge)
    shrink[-1] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(shrink)
        w += np.linalg.solve(hessian, x.T @ (y - p) - shrink * w)
    return w


def collect(
    tagger: AttributionTagger, rows: list[dict], scorer: ModuleType
) -> tuple[list[dict], list[int], list[int]]:
    features, right, article = [], [], []
    for number, row in enumerate(rows):
        words, found, _ = tagger.groups(row["text"])
        place = lambda spans: [(words[a].start, words[b - 1].end) for a, b in spans]  # noqa: B023, E731
        doc = scorer.Doc(row["text"])
        gold = scorer.prep(doc, row["attributions"])
        pred = scorer.prep(
            doc, [{r: place(getattr(g, r)) for r in ("source", "cue", "content")} for g in found]
        )
        back = {j: i for i, (j, _) in scorer.match(gold, pred).items()}
        for j, made in enumerate(found):
            g = gold[back[j]] if j in back else None
            ok = g is not None and (bool(g["sw"] & pred[j]["sw"]) if g["sw"] else not pred[j]["sw"])
            features.append(made.features)
            right.append(int(ok))
            article.append(number)
    return features, right, article


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, default=Path("../shared/data/polnear/dev.jsonl.gz"))
    ap.add_argument("--scorer", type=Path, default=Path("../shared/tools/score_attributions.py"))
    ap.add_argument("--model", type=Path, default=MODEL_DIR)
    ap.add_argument(
        "--write",
        action="store_true",
        help="put the weights into decoding.json and renew the manifest",
    )
    a = ap.parse_args()
    with gzip.open(a.data, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    features, right, article = collect(AttributionTagger(a.model), rows, load_scorer(a.scorer))
    names = sorted(features[0])
    x = np.array([[f[n] for n in names] + [1.0] for f in features])
    y, fold = np.array(right, float), np.array(article) % 5
    held = np.zeros(len(y))
    for k in range(5):
        held[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k])))
    print(f"{len(y)} attributions, {y.mean():.3f} right; Brier {np.mean((held - y) ** 2):.4f}")
    for low, high in (
        (0, 0.3),
        (0.3, 0.5),
        (0.5, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 0.95),
        (0.95, 1.01),
        (0.9, 1.01),
    ):
        some = (held >= low) & (held < high)
        print(
            f"confidence {low:.2f} to {min(high, 1):.2f}: {some.sum():5d} said {held[some].mean():.3f} right {y[some].mean():.3f}"
        )
    weights = fit(x, y)
    print({n: round(float(v), 3) for n, v in zip([*names, "bias"], weights, strict=True)})
    if a.write:
        from manifest import write_manifest

        path = a.model / "decoding.json"
        decoding = json.loads(path.read_text())
        decoding["confidence"] = {
            n: round(float(v), 4) for n, v in zip([*names, "bias"], weights, strict=True)
        }
        path.write_text(json.dumps(decoding) + "\n")
        write_manifest(a.model)


if __name__ == "__main__":
    main()
