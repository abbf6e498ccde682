"""Weights between those of two checkpoints: python training/acts/mix.py FILE OTHER --share 0.7 --out FILE

What only the first has is taken as it is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("first", type=Path)
    ap.add_argument("other", type=Path)
    ap.add_argument("--share", type=float, required=True, help="of the first, 0 to 1")
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    first, other = (torch.load(path, weights_only=True) for path in (a.first, a.other))
    mixed = {
        name: a.share * value + (1 - a.share) * other[name] if name in other else value
        for name, value in first.items()
    }
    torch.save(mixed, a.out)


if __name__ == "__main__":
    main()
