#!/bin/sh
# Remake the shipped tagger of attributions and acts: make.sh ENCODER_DIR WORK_DIR   (from the repository's root)
set -eu
encoder=$1 work=$2
polnear=${POLNEAR:-../shared/data/polnear}
here=training/attributions
export OMP_WAIT_POLICY=PASSIVE  # threads that spin while they wait make a shared machine ten times slower
train="python $here/train.py --data $polnear/train.jsonl.gz --encoder $encoder"
$train --out "$work/first" --epochs 8 --stop-after 5 --seed 1
$train --out "$work/second" --start "$work/first/epoch5.pt" --epochs 2.1 --rate 1.1e-4 --seed 5
$train --out "$work/third" --start "$work/second/last.pt" --steady --epochs 2 --rate 1e-4 --seed 7
cp "$work/third/mean.pt" "$work/final.pt"
sh training/acts/make.sh "$encoder" "$work"
