"""The files of the site, one after the other, so that a large matrix is never on paper twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from harness.diff import Diff
from harness.errors import UsageError
from harness.reports.badge import badges, endpoint, svg
from harness.site import addresses, data, pages
from harness.site.chapter import Chapter
from harness.site.script_file import script

File = tuple[str, bytes]


def site(chapters: Sequence[Chapter]) -> Iterator[File]:
    """Address and content of every file.

    Raises:
        UsageError: two matrices are of the same API.
    """
    apis = [chapter.api for chapter in chapters]
    for api in apis:
        if apis.count(api) > 1:
            raise UsageError(f"Two of these matrices are of the API {api!r}: give a matrix per API.")
    yield from shared_files()
    for address, text in pages.all_pages(chapters):
        yield address, text.encode()
    for chapter in chapters:
        yield data.cases(chapter)
        yield from data.details(chapter)
        for badge in badges(chapter.matrix):
            yield addresses.badge(chapter.api, badge.column, "svg"), svg(badge).encode()
            yield addresses.badge(chapter.api, badge.column, "json"), endpoint(badge)


def changes_site(found: Diff) -> Iterator[File]:
    """The files of a page about the difference of two matrices."""
    yield from shared_files()
    yield "index.html", pages.changes_page(found).encode()


def shared_files() -> Iterator[File]:
    """What every page needs."""
    for name in ("style.css", "icon.svg"):
        yield name, (files("harness.site") / "templates" / name).read_bytes()
    yield "site.js", script().encode()
