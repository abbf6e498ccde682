"""One source → one raw page: files and standard input."""

import io
import os
import types

import pytest

from onrecord.collecting import load
from onrecord.collecting.addresses import is_public
from onrecord.errors import OnrecordError


def test_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(b"Talks\r\nbegan.")
    page = load(str(path), retrieved_at="2026-01-14")
    assert page.content == b"Talks\r\nbegan."
    assert (page.url, page.retrieved_at, page.name) == (None, "2026-01-14", str(path))


@pytest.mark.parametrize(
    ("name", "media_type"), [("a.html", "text/html"), ("a.TXT", "text/plain"), ("a", None)]
)
def test_name_says_the_type(tmp_path, name, media_type):
    (tmp_path / name).write_bytes(b"x")
    assert load(str(tmp_path / name)).media_type == media_type


def test_hyphen_is_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"Talks began.")))
    assert load("-").content == b"Talks began."


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(OnrecordError, match="no such file"):
        load(str(tmp_path / "none.txt"))


def test_directory_is_an_error(tmp_path):
    with pytest.raises(OnrecordError, match="a directory"):
        load(str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_an_error(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(OnrecordError, match="no permission"):
        load(str(path))


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_impossible_name_is_an_error_of_one_line(name):
    with pytest.raises(OnrecordError) as error:
        load(name)
    assert "\n" not in str(error.value)


def test_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "archive.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(OnrecordError, match="larger than 15 MB"):
        load(str(path))


def test_endless_input_is_refused(monkeypatch):
    class Endless:
        def read(self, size):
            return b"x" * size

    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=Endless()))
    with pytest.raises(OnrecordError, match="larger than 15 MB"):
        load("-")


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.168.1.1",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "not an address",
        "",
    ],
)
def test_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::808:808"]
)
def test_address_is_public(address):
    assert is_public(address)
