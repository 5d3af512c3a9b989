"""nginx with the configuration that is shipped, but for what belongs to a machine: names, ports, folders, TLS.

Its limits per address are lifted, because all visitors here have one address.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load.serving import Server, free_port, running
from tests.portal_copy import ROOT

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
_SHIPPED = ROOT / "deploy" / "nginx" / "lokalwillkommen.conf"
_AROUND = """{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/errors warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000;
    include {folder}/shipped;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
    }}
}}
"""


@contextmanager
def edge(folder: Path, portal: int) -> Iterator[tuple[Server, int]]:
    """Start nginx before the portal on a port; give it, and another port at which it serves the folder `files`."""
    (folder / "files").mkdir(parents=True)
    port, files = free_port(), free_port()
    (folder / "shipped").write_text(_adapted(folder, portal, port))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "conf").write_text(_AROUND.format(folder=folder, port=files, user=user))
    words = [str(NGINX), "-p", str(folder), "-c", str(folder / "conf")]
    with running(words, {}, folder / "log", port) as server:
        yield server, files


def _adapted(folder: Path, portal: int, port: int) -> str:
    found = _SHIPPED.read_text()
    for pattern, instead in (
        (r"^\s*listen \[.*$", ""),
        (r"^\s*ssl_.*$", ""),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        (r"listen 80;", f"listen 127.0.0.1:{free_port()};"),
        (r"unix:/run/lokalwillkommen.sock", f"127.0.0.1:{portal}"),
        (r"/var/(log|lib)/nginx/", f"{folder}/"),
        (r"rate=\d+r/[sm]", "rate=1000000r/s"),
    ):
        found, count = re.subn(pattern, instead, found, flags=re.MULTILINE)
        if not count:
            message = f"The shipped configuration no longer has {pattern}."
            raise RuntimeError(message)
    return found
