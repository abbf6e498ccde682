"""Bad input: one line on standard error that says what and what to do, exit code 1, nothing half-written."""

from __future__ import annotations

import gzip
import random
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from articles import EXAMPLES, RETRIEVED_AT
from onrecord.cli import cli
from onrecord.collecting.fetching import fetch
from onrecord.errors import OnrecordError

GOOD = str(EXAMPLES / "sheinbaum-trump.txt")
NOISE = random.Random(20260113)
BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "paper.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "paper.txt": (b"%PDF-1.4\n", "PDF"),
    "photo.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image"),
    "photo.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image"),
    "photo.webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image"),
    "book.epub": (b"PK\x03\x04\x14\x00", "unpack"),
    "broken.gz": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff", "gzip"),
    "noise.txt": (bytes(NOISE.randrange(128, 256) for _ in range(3000)), "character set"),
    "binary.dat": (bytes(NOISE.randrange(256) for _ in range(3000)), "character set"),
    "nul.txt": (b"An article\x00 with null characters in it.", "null"),
    "huge.txt": (b"Mexico said no to Washington on Monday. " * 1_250_000, "larger than"),
    "long.txt": (b"Mexico said no to Washington on Monday. " * 130_000, "characters"),
    "deep.html": (b"<html><body>" + b"<div>" * 20_000 + b"A text." + b"</div>" * 20_000, "nested"),
    "photos.html": (
        b"<html><head><title>Photos</title></head><body><img src='a.png'></body></html>",
        "no article text",
    ),
    "dots.txt": (b"...\n---\n", "no text"),
    "feed.xml": (b"<?xml version='1.0'?><rss><channel/></rss>", "feed"),
}


def one_line(result: Result) -> str:
    """Return the message, after checking that it is all there is, and no accident."""
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("onrecord: ")
    assert "Traceback" not in line
    return line


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=stdin)


@pytest.fixture
def bad(tmp_path: Path) -> Callable[[str], Path]:
    def written(name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(BAD[name][0])
        return path

    return written


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_one_line_and_nothing_else(bad: Callable[[str], Path], name: str) -> None:
    path = bad(name)
    line = one_line(run("read", str(path)))
    assert str(path) in line
    assert BAD[name][1] in line
    assert ";" in line or ":" in line.removeprefix(f"onrecord: {path}: "), "what to do is missing"


def test_half_a_gzip_file_is_not_taken_for_a_whole_article(tmp_path: Path) -> None:
    path = tmp_path / "half.gz"
    whole = gzip.compress(Path(GOOD).read_bytes())
    path.write_bytes(whole[: len(whole) // 2])
    assert "broken gzip" in one_line(run("read", str(path)))


def test_store_is_not_made_where_no_article_could_be_read(
    bad: Callable[[str], Path], tmp_path: Path
) -> None:
    store = tmp_path / "news.db"
    one_line(run("read", str(bad("empty.txt")), "--store", str(store)))
    assert not store.exists()


@pytest.mark.parametrize("name", ["empty.txt", "paper.pdf", "noise.txt", "nul.txt"])
def test_bad_standard_input_is_one_line(name: str) -> None:
    line = one_line(run("read", "-", stdin=BAD[name][0]))
    assert line.startswith("onrecord: standard input: ")
    assert BAD[name][1] in line


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    assert "no such file; check the path" in one_line(run("read", str(tmp_path / "nosuch.txt")))


def test_directory_is_one_line(tmp_path: Path) -> None:
    assert "name the files in it" in one_line(run("read", str(tmp_path)))


def closed_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_address_of_this_machine_is_not_asked() -> None:
    line = one_line(run("read", f"http://127.0.0.1:{closed_port()}/article"))
    assert "not public" in line
    assert "save the page and give the file" in line


def test_address_that_does_not_answer_says_so() -> None:
    address = f"http://127.0.0.1:{closed_port()}/article"
    with pytest.raises(OnrecordError, match="no answer") as raised:
        fetch(address, allow_private=True)
    assert "\n" not in str(raised.value)
    assert "check the address" in str(raised.value)


@pytest.mark.parametrize("address", ["ftp://example.org/a", "http://", "file:///etc/passwd", "https://u:p@example.org/"])  # fmt: skip
def test_what_is_no_address_of_a_page_is_not_fetched(address: str) -> None:
    assert "fetched" in one_line(run("read", address))


@pytest.mark.parametrize("option", ["--retrieved-at", "--published"])
def test_date_that_is_none_is_one_line(option: str) -> None:
    line = one_line(run("read", GOOD, option, "2026-02-31"))
    assert "'2026-02-31' is not a date; write it like 2026-01-13" in line


def test_bad_input_writes_no_page_and_nothing_into_the_store(
    bad: Callable[[str], Path], tmp_path: Path
) -> None:
    page, store = tmp_path / "page.html", tmp_path / "news.db"
    one_line(run("read", str(bad("empty.txt")), "--html", str(page), "--store", str(store)))
    assert not page.exists()
    if store.exists():
        with sqlite3.connect(store) as connection:
            assert connection.execute("SELECT count(*) FROM documents").fetchone() == (0,)
        connection.close()


def test_several_sources_bad_ones_are_reported_and_good_ones_done(
    bad: Callable[[str], Path], tmp_path: Path
) -> None:
    page, store = tmp_path / "page.html", tmp_path / "news.db"
    sources = [str(bad("paper.pdf")), GOOD, str(tmp_path / "nosuch.txt")]
    result = run("read", *sources, "--html", str(page), "--store", str(store))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    messages = [line for line in result.stderr.splitlines() if not line.endswith(f"wrote {page}")]
    assert [line.split(": ")[1] for line in messages[:2]] == [sources[0], sources[2]]
    assert messages[2:] == ["onrecord: 2 of 3 sources could not be read"]
    assert "<mark" in page.read_text("utf-8")
    assert run("search", "Sheinbaum", "--store", str(store)).exit_code == 0


def newer_store(path: Path) -> Path:
    assert run("read", GOOD, "--retrieved-at", RETRIEVED_AT, "--store", str(path)).exit_code == 0
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    return path


def test_store_of_a_newer_version_is_neither_asked_nor_added_to(tmp_path: Path) -> None:
    store = str(newer_store(tmp_path / "news.db"))
    for arguments in (["timeline", "MEX"], ["search", "Mexico"], ["read", GOOD]):
        line = one_line(run(*arguments, "--store", store))
        assert "newer onrecord" in line
        assert "update onrecord" in line


ASKING = [["timeline", "MEX"], ["statements"], ["claims"], ["calendar"], ["search", "x"], ["explain", "event-0"]]  # fmt: skip


@pytest.mark.parametrize("arguments", ASKING, ids=lambda arguments: arguments[0])
def test_asking_a_store_that_is_not_there_makes_none(tmp_path: Path, arguments: list[str]) -> None:
    store = tmp_path / "news.db"
    assert "add articles with" in one_line(run(*arguments, "--store", str(store)))
    assert not store.exists()


def test_file_that_is_no_store_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database")
    assert "name another file" in one_line(run("read", GOOD, "--store", str(path)))
    assert path.read_text() == "not a database"


@pytest.mark.parametrize("option", ["--store", "--html"])
def test_output_into_a_missing_folder_is_said_before_anything_is_read(
    tmp_path: Path, option: str
) -> None:
    result = run("read", GOOD, option, str(tmp_path / "nowhere" / "x"))
    assert "make it first" in one_line(result)
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["read"], ["nope"], ["timeline"], ["read", "--nope", "x"]])
def test_wrong_call_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
