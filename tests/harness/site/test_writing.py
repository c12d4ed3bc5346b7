from __future__ import annotations

import pytest

from harness.errors import UsageError
from harness.site.writing import write_site


def test_a_site_replaces_an_earlier_one_and_leaves_nothing_of_it(tmp_path):
    out = tmp_path / "site"
    assert write_site([("a/old.html", b"1"), ("index.html", b"1")], out) == 2
    assert write_site([("index.html", b"2")], out) == 1
    assert sorted(path.name for path in out.iterdir()) == [".conform-site", "index.html"]
    assert (out / "index.html").read_bytes() == b"2"


def test_a_folder_of_somebody_else_is_left_as_it_is(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match="has files that are not of a site: name an empty"):
        write_site([("index.html", b"")], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_what_a_link_leads_to_is_not_removed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    write_site([], tmp_path / "site")
    (tmp_path / "site" / "link").symlink_to(tmp_path / "elsewhere")
    write_site([("index.html", b"")], tmp_path / "site")
    assert (tmp_path / "elsewhere" / "kept").exists()


def test_a_file_in_the_way_is_a_sentence(tmp_path):
    (tmp_path / "site").touch()
    with pytest.raises(UsageError, match="cannot be written to"):
        write_site([], tmp_path / "site")
