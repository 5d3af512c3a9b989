"""Visitors that ask for one page again and again over connections that stay open.

All connections send their request, then all answers are read: the server always has something to do, and the visitors
take little of the machine. They count answers, and fail at the first that is not 200.
"""

import re
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass

CONNECTIONS = 4
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"
_PATIENCE = 120  # seconds for one answer


@dataclass(frozen=True, slots=True)
class Answer:
    """Headers and body of one answer."""

    head: bytes
    body: bytes


def ask(port: int, address: str, seconds: float) -> int:
    """Ask for a page for some seconds; give the number of answers."""
    count, request = 0, request_for(address)
    with ExitStack() as open_ones:
        visitors = [open_ones.enter_context(_connected(port)) for _ in range(CONNECTIONS)]
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            for visitor in visitors:
                visitor.sendall(request)
            for visitor in visitors:
                _read(visitor)
            count += CONNECTIONS
    return count


def fetch(port: int, address: str) -> tuple[float, Answer]:
    """Ask for a page once; give how many seconds it took, and the answer."""
    with _connected(port) as visitor:
        began = time.monotonic()
        visitor.sendall(request_for(address))
        answer = _read(visitor)
        return time.monotonic() - began, answer


def request_for(address: str) -> bytes:
    """Give what a browser sends that understands gzip."""
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def _connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)


def _read(visitor: socket.socket) -> Answer:
    received = b""
    while _END not in received:
        received += _more(visitor)
    head, _end, body = received.partition(_END)
    if b" 200 " not in head[:20] or not (length := _LENGTH.search(head)):
        message = f"Not the answer that was to be measured: {head!r}"
        raise RuntimeError(message)
    missing = int(length[1]) - len(body)
    parts = [body]
    while missing > 0:
        parts.append(_more(visitor))
        missing -= len(parts[-1])
    return Answer(head, b"".join(parts))


def _more(visitor: socket.socket) -> bytes:
    received = visitor.recv(1 << 18)
    if not received:
        message = "The server has closed the connection."
        raise RuntimeError(message)
    return received
