"""A mail server for tests: it speaks SMTP (RFC 5321) on a free port of this machine and keeps what it is given."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


@dataclass(slots=True)
class Mailbox:
    """What came in, where the server listens, and which senders and recipients it refuses."""

    port: int = 0
    refused: set[str] = field(default_factory=set)
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)


@contextmanager
def mail_server(*refused: str) -> Iterator[Mailbox]:
    """Run a server until the test has ended."""
    box = Mailbox(refused=set(refused))

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _converse(self, box)

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield box
        server.shutdown()
        thread.join()


def _converse(handler: socketserver.StreamRequestHandler, box: Mailbox) -> None:
    def say(line: str) -> None:
        handler.wfile.write(f"{line}\r\n".encode())

    address = ""
    say("220 test")
    while line := handler.rfile.readline().decode().strip():
        verb = line[:4].upper()
        if verb in {"MAIL", "RCPT"}:
            address = line.partition("<")[2].partition(">")[0]
            say("550 not this one" if address in box.refused else "250 ok")
        elif verb == "DATA":
            say("354 go on")
            lines = iter(handler.rfile.readline, b".\r\n")
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            box.mails.append((address, mail))
            say("250 kept")
        else:
            say("221 bye" if verb == "QUIT" else "250 ok")
