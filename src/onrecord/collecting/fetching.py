"""One address → one raw page, safely: public addresses, five redirects, 20 seconds, 15 MB."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.message import Message

import httpcore
import httpx

from onrecord.collecting.connecting import CheckedBackend, Deadline
from onrecord.collecting.sources import MAX_BYTES, RawPage
from onrecord.errors import OnrecordError

MAX_REDIRECTS = 5
SECONDS = 20.0
_PIECE = 65_536
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_READABLE = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
_HEADERS = (
    ("User-Agent", "onrecord/0.1 (+news coder)"),
    ("Accept", "text/html, application/xhtml+xml, text/plain;q=0.8"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Accept-Language", "en, *;q=0.5"),
    ("Connection", "close"),
)
_REASONS = {
    401: "it wants a login; save the page from your browser and give the file",
    402: "it wants payment; save the page from your browser and give the file",
    403: "it refuses programs; save the page from your browser and give the file",
    404: "there is no such page; check the address",
    410: "the page is gone; look for it in a web archive",
    429: "too many requests; wait before trying again",
    451: "withheld for legal reasons where you are",
}


def fetch(address: str, *, retrieved_at: str | None = None, allow_private: bool = False) -> RawPage:
    """Fetch one page. ``retrieved_at`` is now unless it is given.

    Each hop of a redirect is resolved and held against the public addresses, unless
    ``allow_private``. Raises ``OnrecordError`` where the address is not http(s), does not answer
    with a page of text within 20 seconds, or sends more than 15 MB.
    """
    deadline = Deadline(SECONDS)
    backend = CheckedBackend(deadline, allow_private=allow_private)
    url = _parse(address)
    try:
        with httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend
        ) as pool:
            for _ in range(MAX_REDIRECTS + 1):
                answer = _ask(pool, url)
                if isinstance(answer, _Page):
                    return answer.raw(address, url, retrieved_at or _now())
                url = _parse(str(url.join(answer)))
    except OnrecordError as error:
        raise OnrecordError(f"{address}: {error}") from None
    except httpcore.TimeoutException:
        raise OnrecordError(f"{address}: no answer in {SECONDS:.0f} s; try again later") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        raise OnrecordError(f"{address}: no answer ({reason}); check the address") from None
    raise OnrecordError(f"{address}: more than {MAX_REDIRECTS} redirects; give the last address")


def _parse(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise OnrecordError(f"{address[:200]!r}: not an address ({error})") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise OnrecordError(f"{address[:200]}: only http and https addresses are fetched")
    if url.userinfo:
        raise OnrecordError(f"{url.host}: an address with a password in it is not fetched")
    return url.copy_with(fragment=None)


class _Page:
    """The body of an answer, and what its headers say of it."""

    def __init__(self, content: bytes, media_type: str | None, charset: str | None) -> None:
        self.content = content
        self.media_type = media_type
        self.charset = charset

    def raw(self, name: str, url: httpx.URL, retrieved_at: str) -> RawPage:
        return RawPage(self.content, self.media_type, self.charset, str(url), retrieved_at, name)


def _ask(pool: httpcore.ConnectionPool, url: httpx.URL) -> _Page | str:
    """Ask for one page. Returns it, or the address it redirects to."""
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    headers: list[tuple[bytes | str, bytes | str]] = [("Host", url.netloc), *_HEADERS]
    with pool.stream("GET", target, headers=headers) as response:
        found = Message()
        for name, value in response.headers:
            found[name.decode("latin-1")] = value.decode("latin-1")
        location = found.get("Location")
        if response.status in _REDIRECTS and location:
            return location
        if response.status != 200:
            reason = _REASONS.get(response.status, "try again later")
            raise OnrecordError(f"answered {response.status}: {reason}")
        return _page(response.iter_stream(), found)


def _page(stream: Iterable[bytes], headers: Message) -> _Page:
    media_type = headers.get_content_type() if "Content-Type" in headers else None
    if media_type is not None and media_type not in _READABLE:
        raise OnrecordError(f"a {media_type}, not a page of text; give the address of an article")
    if headers.get("Content-Length", "").isdigit() and int(headers["Content-Length"]) > MAX_BYTES:
        raise _too_large()
    content = _joined(_inflated(_capped(stream), headers.get("Content-Encoding", "")))
    return _Page(content, media_type, headers.get_param("charset"))  # type: ignore[arg-type]


def _capped(stream: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in stream:
        size += len(piece)
        if size > MAX_BYTES:
            raise _too_large()
        yield piece


def _joined(pieces: Iterable[bytes]) -> bytes:
    return b"".join(_capped(pieces))


def _inflated(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Inflate in small pieces, so that a bomb is seen long before it fills the memory."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from pieces
        return
    if name not in ("gzip", "x-gzip", "deflate"):
        raise OnrecordError(f"encoded as {name[:40]}, which was not asked for; save the page")
    inflater = None
    for piece in pieces:
        if inflater is None and piece:
            inflater = zlib.decompressobj(wbits=_window(name, piece))
        while piece and inflater is not None:
            try:
                yield inflater.decompress(piece, _PIECE)
            except zlib.error:
                raise OnrecordError("its compressed text is broken; try again later") from None
            piece = inflater.unconsumed_tail


def _window(name: str, start: bytes) -> int:
    """Return zlib's window for gzip, zlib, or the bare deflate that some servers send."""
    if name != "deflate":
        return 31
    return 15 if start[0] & 0x0F == 8 else -15


def _too_large() -> OnrecordError:
    return OnrecordError(f"larger than {MAX_BYTES // 1_000_000} MB; give the page of one article")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
