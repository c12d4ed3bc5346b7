"""Pictures of the site for README.md, light and dark, from journals: `make screenshots`.

Needs Debian's Chromium. The journals are those of `make conform PROFILE=full`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness.site.site import site
from harness.site.sources import asking, read_chapters
from harness.site.writing import write_site

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = {"width": 1240, "height": 640}
SCHEMES = ("light", "dark")
OPEN = "index.html#q=rnn&open=recurrent/rnn@theano"
"""A view with the cases behind a cell."""


def main() -> int:
    """Makes the site in a temporary folder, and the pictures of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, help="a directory of journals")
    parser.add_argument("--out", type=Path, default=IMAGES)
    options = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium is not installed: apt-get install chromium", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="conform-site-") as temporary:
        folder = Path(temporary) / "site"
        write_site(site(read_chapters([options.results], asking(print))), folder)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium)
            for scheme in SCHEMES:
                page = browser.new_page(viewport=SIZE, color_scheme=scheme)
                for name, address in (("matrix", "index.html"), ("cases", OPEN)):
                    page.goto("about:blank")
                    page.goto(f"file://{folder}/{address}")
                    page.wait_for_selector("body[data-ready]")
                    if name == "cases":
                        page.click("dialog details.case summary >> nth=0")
                    path = options.out / f"{name}-{scheme}.png"
                    page.screenshot(path=path)
                    print(path)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
