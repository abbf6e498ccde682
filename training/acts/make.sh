#!/bin/sh
# Teach the attribution tagger to see acts, and ship it: make.sh ENCODER_DIR WORK_DIR   (from the repository's root)
# WORK_DIR/final.pt is the tagger that training/attributions/make.sh has made.
set -eu
encoder=$1 work=$2
shared=${SHARED:-../shared}
model=src/onrecord/models/attributions
here=training/acts
attributions=training/attributions
export OMP_WAIT_POLICY=PASSIVE
python "$here/silver.py" --data "$shared/data" --out "$work/silver.jsonl"
train="python $here/train_acts.py --encoder $encoder --silver $work/silver.jsonl --polnear $shared/data/polnear/train.jsonl.gz"
$train --start "$work/final.pt" --out "$work/acts1.pt" --epochs 9
python "$here/mix.py" "$work/acts1.pt" "$work/final.pt" --share 0.7 --out "$work/mixed.pt"
$train --start "$work/mixed.pt" --out "$work/refitted.pt" --only-head --epochs 2 --rate 1.3e-4 --drop 0 --quoted 0 --seed 5
$train --start "$work/refitted.pt" --out "$work/acts.pt" --epochs 4 --rate 6e-5 --drop 0 --quoted 0 --seed 11
python "$attributions/export.py" --weights "$work/acts.pt" --encoder "$encoder" --out "$model" --top 64 --version 2
python "$attributions/calibrate.py" --data "$shared/data/polnear/dev.jsonl.gz" \
  --scorer "$shared/tools/score_attributions.py" --model "$model" --write
python "$attributions/evaluate.py" --data "$shared/data/polnear/dev.jsonl.gz" --model "$model" --out "$work/dev.jsonl"
python "$here/confidence.py" --shared "$shared" --write
