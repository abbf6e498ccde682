#!/bin/sh
# Remake the shipped relation encoder: make.sh ENCODER_DIR WORK_DIR [folds]   (from the repository's root)
# With "folds" it also trains the networks of the five folds, for benchmarks/relation_folds.jsonl.
set -eu
encoder=$1 work=$2
here=training/relation
plv=${PLV:-../shared/data/plv/PLV_train.tsv}
export OMP_WAIT_POLICY=PASSIVE
mkdir -p "$work"
python "$here/examples.py" "$work/examples.jsonl"
train="python $here/train.py --data $plv --encoder $encoder --examples $work/examples.jsonl"
if [ "${3:-}" = folds ]; then
  for fold in 0 1 2 3 4; do $train --out "$work/fold$fold.pt" --fold "$fold"; done
  python "$here/fold_chances.py" --data "$plv" --encoder "$encoder" --weights "$work"/fold?.pt
fi
$train --out "$work/final.pt"
python "$here/export.py" --weights "$work/final.pt"
