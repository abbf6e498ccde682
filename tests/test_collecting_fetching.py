"""One address → one raw page, against a server on this machine."""

import contextlib
import gzip
import socket
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.collecting import fetching, load
from onrecord.errors import OnrecordError

PAGE = b"<html><body><p>Talks began.</p></body></html>"
HTML = {"Content-Type": "text/html; charset=ISO-8859-1"}
BOMB = 60_000_000


def bare_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ANSWERS = {
    "/page": (200, HTML, PAGE),
    "/text": (200, {"Content-Type": "text/plain"}, b"Talks began."),
    "/untyped": (200, {}, PAGE),
    "/gzip": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/deflate": (200, HTML | {"Content-Encoding": "deflate"}, zlib.compress(PAGE)),
    "/bare": (200, HTML | {"Content-Encoding": "deflate"}, bare_deflate(PAGE)),
    "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"a" * BOMB)),
    "/broken": (200, HTML | {"Content-Encoding": "gzip"}, b"no gzip at all"),
    "/brotli": (200, HTML | {"Content-Encoding": "br"}, PAGE),
    "/large": (200, HTML, b"a" * 16_000_000),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/gone": (404, HTML, PAGE),
    "/error": (503, HTML, PAGE),
    "/moved": (301, {"Location": "/page#top"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/inside": (302, {"Location": "http://127.0.0.1:1/"}, b""),
}


AGENTS = []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        AGENTS.append(self.headers["User-Agent"])
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(50):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
                time.sleep(0.1)
            return
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_page_is_fetched_with_what_the_server_says(server):
    page = load(f"{server}/page", allow_private=True)
    assert page.content == PAGE
    assert (page.media_type, page.charset) == ("text/html", "ISO-8859-1")
    assert page.url == f"{server}/page"
    assert page.retrieved_at.endswith("Z")


def test_retrieval_may_be_given(server):
    page = load(f"{server}/text", retrieved_at="2026-01-14", allow_private=True)
    assert page.retrieved_at == "2026-01-14"


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/bare", "/untyped", "/moved"])
def test_page_comes_out_whole(server, path):
    assert load(f"{server}{path}", allow_private=True).content == PAGE


def test_address_is_that_of_the_last_redirect(server):
    assert load(f"{server}/moved", allow_private=True).url == f"{server}/page"


def test_onrecord_says_who_asks(server):
    load(f"{server}/page", allow_private=True)
    assert AGENTS[-1].startswith("onrecord/")


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/bomb", "larger than 15 MB"),
        ("/large", "larger than 15 MB"),
        ("/broken", "compressed text is broken"),
        ("/brotli", "encoded as br"),
        ("/image", "image/png"),
        ("/gone", "404"),
        ("/error", "503"),
        ("/loop", "more than 5 redirects"),
        ("/file", "only http and https"),
    ],
)
def test_bad_answer_is_an_error_of_one_line(server, path, word):
    with pytest.raises(OnrecordError) as error:
        load(f"{server}{path}", allow_private=True)
    message = str(error.value)
    assert message.startswith(f"{server}{path}: ")
    assert word in message
    assert "\n" not in message


def test_slow_answer_ends_at_the_deadline(server, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    start = time.monotonic()
    with pytest.raises(OnrecordError, match="no answer in"):
        load(f"{server}/slow", allow_private=True)
    assert time.monotonic() - start < 3


def test_nobody_answers():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(OnrecordError, match="no answer"):
        load(f"http://127.0.0.1:{port}/", allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_address_that_is_not_public_is_not_asked(address):
    with pytest.raises(OnrecordError, match="not public"):
        load(address)


def test_redirect_to_an_address_that_is_not_public_is_not_followed(server, monkeypatch):
    port = int(server.rsplit(":", 1)[1])
    monkeypatch.setattr(
        "onrecord.collecting.connecting.is_public", lambda address: address == "127.0.0.1"
    )
    monkeypatch.setitem(ANSWERS, "/inside", (302, {"Location": f"http://[::1]:{port}/page"}, b""))
    with pytest.raises(OnrecordError, match="not public"):
        load(f"{server}/inside")


def test_connection_is_made_to_the_address_that_was_checked(server, monkeypatch):
    """A name that changes its address between check and connection gains nothing."""
    port = int(server.rsplit(":", 1)[1])
    asked = []

    def resolver(host, *args, **kwargs):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("onrecord.collecting.connecting.socket.getaddrinfo", resolver)
    monkeypatch.setattr("onrecord.collecting.connecting.is_public", lambda address: True)
    page = load(f"http://news.example:{port}/page")
    assert page.content == PAGE
    assert asked.count("news.example") == 1


@pytest.mark.parametrize(
    "address", ["ftp://a.example/x", "file:///etc/hostname", "http://", "https://u:p@a.example/"]
)
def test_other_addresses_are_refused(address):
    with pytest.raises(OnrecordError):
        load(address)


def test_name_without_an_address_is_an_error(monkeypatch):
    def resolver(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("onrecord.collecting.connecting.socket.getaddrinfo", resolver)
    with pytest.raises(OnrecordError, match="no host is called"):
        load("https://nowhere.example/")
