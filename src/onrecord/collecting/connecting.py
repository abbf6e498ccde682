"""Connections to checked addresses only, within one deadline for the whole of a fetch."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from onrecord.collecting.addresses import is_public
from onrecord.errors import OnrecordError

_STEP = 10.0


class Deadline:
    """A moment after which nothing more is waited for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def step(self, timeout: float | None = None) -> float:
        """Return how long the next step may take. Raises ``httpcore.ReadTimeout`` after the end."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline passed")
        return min(left, _STEP if timeout is None else timeout)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a name, checks its addresses, and connects to a checked address itself.

    The name is resolved once and the connection made to the very address that was checked, so a
    name that changes its address in between (DNS rebinding) gains nothing. TLS is verified against
    the name as usual.
    """

    def __init__(self, deadline: Deadline, *, allow_private: bool = False) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of ``host`` that is public and answers."""
        addresses = resolve(host, port, self._deadline)
        allowed = [a for a in addresses if self._allow_private or is_public(a)]
        if not allowed:
            raise OnrecordError(
                f"{host} has an address that is not public; only public pages are fetched: "
                "save the page and give the file"
            )
        for address in allowed[:4]:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.step(timeout), local_address, socket_options
                )
                return TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Refuse: no page lives on a Unix socket."""
        raise OnrecordError(f"{path}: not an address of the web")

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond the deadline."""
        time.sleep(self._deadline.step(seconds))


class TimedStream(httpcore.NetworkStream):
    """A connection whose every read and write ends by the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read up to ``max_bytes``."""
        return self._inner.read(max_bytes, self._deadline.step(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of ``buffer``."""
        self._inner.write(buffer, self._deadline.step(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Begin TLS, verified against ``server_hostname``."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.step(timeout))
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._inner.get_extra_info(info)


def resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """Return the addresses of a name, in the resolver's order, within the deadline.

    Raises ``OnrecordError`` where the name has none.
    """
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    # getaddrinfo knows no time-out of its own, so it is left behind if it takes too long.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(deadline.step())
    if not found:
        raise OnrecordError(f"no host is called {host}; check the address and your connection")
    return list(found)
