"""Text that came from a backend, made inert.

A backend is a stranger: its messages can have terminal escapes, right-to-left overrides, NULs, markup and
megabytes. `clean` is applied where such text enters the harness (journal to matrix, matrix file to matrix),
so that everything after it handles visible characters only. The functions below it add what a format needs.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any

_ESCAPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SUSPECT = re.compile(r"[^\x20-\x7e\n\t]")
# Besides markup: mentions (@), references (#) and bare links (://, www.), which GitHub makes into links.
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_PLAIN_URL = re.compile(r"https://[A-Za-z0-9._~/#%=?&+-]+")


def clean(text: str, limit: int = 4000) -> str:
    r"""`text` with every invisible or direction-changing character written as an escape such as `\x1b`.

    Newlines and tabs stay; more than `limit` characters end in an ellipsis. Cleaning twice changes nothing.
    """
    # Cut before, so that megabytes are not escaped for nothing, and after, because escapes are longer.
    return _cut(_SUSPECT.sub(_escape, _cut(text, limit)), limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if unicodedata.category(char) not in _ESCAPED_CATEGORIES:
        return char
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def one_line(text: str, limit: int = 200) -> str:
    """`clean` text on one line: runs of white space are a space, and at most `limit` characters stay."""
    line = " ".join(clean(text, limit * 4).split())
    return _cut(line, limit)


def counted(number: int, thing: str) -> str:
    """A number of things in words: "1 case", "2 cases"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def clean_json(value: Any, limit: int = 4000, depth: int = 8) -> Any:
    """A decoded JSON value with every string in it cleaned; parts nested deeper than `depth` are dropped."""
    if isinstance(value, str):
        return clean(value, limit)
    if isinstance(value, dict):
        inside = value.items() if depth else ()
        return {clean(str(key), 200): clean_json(item, limit, depth - 1) for key, item in inside}
    if isinstance(value, list):
        return [clean_json(item, limit, depth - 1) for item in value] if depth else []
    return value


def markdown(text: str, limit: int = 200) -> str:
    """`text` as a line of literal Markdown, safe in a table cell: no markup, links, mentions or HTML."""
    return _MARKDOWN_SPECIAL.sub(_entity, one_line(text, limit))


def markdown_link(url: str) -> str:
    """A link to `url`, or its text when it is not a plain https address."""
    return f"<{url}>" if _PLAIN_URL.fullmatch(url) else markdown(url)


def _entity(match: re.Match[str]) -> str:
    # An entity is literal everywhere; a backslash is not (GitHub's mentions, pipes inside table cells).
    return f"&#{ord(match.group())};"


def age(started: str, now: datetime | None = None) -> str:
    """The age of a date in brackets, empty below an hour; text that is not a date gives "(no date)"."""
    try:
        then = datetime.fromisoformat(started)
    except ValueError:
        return " (no date)"
    if then.tzinfo is None:
        then = then.replace(tzinfo=timezone.utc)
    hours = ((now or datetime.now(timezone.utc)) - then).total_seconds() / 3600
    if hours < -1:
        return " (in the future)"
    if hours < 1:
        return ""
    return f" ({hours / 24:.0f} days old)" if hours >= 48 else f" ({hours:.0f} h old)"


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the nearest known name, and all of them."""
    known = sorted(known)
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]!r}? (known: {', '.join(known)})"
    return f"known are {', '.join(known)}" if known else "no name is known"
