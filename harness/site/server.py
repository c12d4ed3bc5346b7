"""The site on this machine: live while a run goes on, and then as it is written by `conform report`.

Only GET, only from memory: no path of a request reaches the disk. It listens on the loopback, and refuses
requests for another host, which a page on the internet could make a browser send.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.matrix import Matrix
from harness.runtimes.base import Report
from harness.site import pages
from harness.site.live import Growing, Watch
from harness.site.site import shared_files, site
from harness.site.sources import asking, read_chapters

HOST = "127.0.0.1"
_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "json": "application/json",
    "md": "text/markdown",
}
# A site is made anew when journals have grown, but no more often than is a tenth of the time.
_SHARE = 10
_LEAST = 2.0
Start = Callable[[str, list[tuple[str, str]]], Any]


class Server:
    """A WSGI application."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder = folder
        self._explain = asking(report)
        self._watch = Watch(folder)
        # Two, so that the progress is shown while pages are made.
        self._watching, self._making = threading.Lock(), threading.Lock()
        self._shared = dict(shared_files())
        self._files: dict[str, bytes] = {}
        self._made = False
        self._of: object = None
        self._again = 0.0
        self._problem = ""

    def __call__(self, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        """Answers a request."""
        status, kind, body, more = self._answer(environ)
        headers = [
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            *more,
        ]
        start(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: Mapping[str, Any]) -> tuple[str, str, bytes, list[tuple[str, str]]]:
        if str(environ.get("HTTP_HOST", "")).rpartition(":")[0] not in (HOST, "localhost"):
            return "403 Forbidden", "text/plain", b"This server answers to 127.0.0.1 and localhost.\n", []
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return "405 Method Not Allowed", "text/plain", b"Only GET.\n", [("Allow", "GET, HEAD")]
        address = str(environ.get("PATH_INFO", "/")).lstrip("/")
        with self._watching:
            journals = self._watch.look()
            if address in ("", "live.html"):
                if self._watch.done(journals):
                    return "302 Found", "text/plain", b"", [("Location", "/index.html")]
                return "200 OK", "text/html", self._live(journals), []
        if address in self._shared:
            return "200 OK", _TYPES[address.rpartition(".")[2]], self._shared[address], []
        with self._making:
            self._renew(journals)
            body = self._files.get(address)
        if body is None:
            said = self._problem or f"There is no page {address} here."
            return "404 Not Found", "text/plain", f"{said}\n".encode(), []
        return "200 OK", _TYPES[address.rpartition(".")[2]], body, []

    def _live(self, journals: list[Growing]) -> bytes:
        return pages.live_page(self.folder, journals, self._watch.held()).encode()

    def _renew(self, journals: list[Growing]) -> None:
        of = [(item.path, item.size) for item in journals]
        now = time.monotonic()
        if of == self._of or (self._made and now < self._again and not self._watch.done(journals)):
            return
        history = self.folder / "history"
        try:
            chapters = read_chapters([self.folder], self._explain, history if history.is_dir() else None)
            running = {item.column for item in journals if not item.end} if self._watch.held() else set()
            files = site([replace(item, matrix=_running(item.matrix, running)) for item in chapters])
            self._files, self._problem, self._made = dict(files), "", True
        except UsageError as error:
            # A journal that is just being begun cannot be merged yet: the pages before it are shown.
            self._problem = error.message
        self._of = of
        self._again = now + max(_LEAST, _SHARE * (time.monotonic() - now))


def _running(matrix: Matrix, running: Set[str]) -> Matrix:
    """The matrix with columns that go on told apart from those that broke off: they have lost nothing."""
    columns = []
    for column in matrix.columns:
        if column.name in running:
            so_far = f"still running: {sum(column.counts.values())} of {column.collected} cases"
            columns.append(replace(column, missing=(), reason=so_far))
        else:
            columns.append(column)
    return replace(matrix, columns=tuple(columns))
