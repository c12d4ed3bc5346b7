from __future__ import annotations

import pytest

from harness.errors import UsageError
from harness.merge import merge_journals
from harness.site.charts import HEIGHT, WIDTH, chart
from harness.site.history import Point, earlier, kept, lines, read_history, since, steps
from tests.fakes import case


@pytest.fixture
def measured(write_journal, tmp_path):
    """A matrix of columns (name -> cases) that were started in that hour."""

    def measure(hour, **columns):
        folder = tmp_path / f"at-{hour}"
        fields = {"started": f"2026-11-22T{hour:02d}:00:00Z", "run": f"run-{hour}"}
        return merge_journals(
            [write_journal(name, cases, folder, **fields) for name, cases in columns.items()]
        )

    return measure


def test_what_is_kept_is_the_same_where_nothing_but_time_has_changed(measured, tmp_path):
    first = measured(1, cntk=[case("a/f/x", "fail", seconds=0.1), case("a/f/y", seconds=0.2)])
    second = measured(1, cntk=[case("a/f/x", "fail", seconds=0.7), case("a/f/y", seconds=0.9)])
    folder = tmp_path / "history"
    read_history(folder, [first])
    (file,) = folder.iterdir()
    before = file.read_bytes()
    read_history(folder, [second])
    assert file.name == "k-20261122T010000Z.json"
    assert file.read_bytes() == before
    (found,) = read_history(folder)
    assert found.evidence[0][0].message == "wrong value: off by 12 ULP at (0, 1)"
    assert found.evidence[0][0].got is None
    assert next(iter(found.judged(0)))[2] is None


def test_each_column_is_compared_with_its_own_run_before(measured):
    first = measured(1, cntk=[case("a/f/x")], theano=[case("a/f/x", "fail")])
    second = measured(2, cntk=[case("a/f/x")])
    third = measured(3, cntk=[case("a/f/x", "fail")], theano=[case("a/f/x")], jax=[case("a/f/x")])
    found = since([first, second], third)
    assert [(change.column, change.id) for change in found.regressions] == [("cntk", "a/f/x")]
    assert [(change.column, change.id) for change in found.fixes] == [("theano", "a/f/x")]
    assert found.inconclusive == ["jax is missing from the old matrix"]
    assert [sentence[:26] for sentence in found.columns] == [
        "cntk: 2026-11-22T02:00:00Z",
        "jax: absent -> 2026-11-22T",
        "theano: 2026-11-22T01:00:0",
    ]
    assert since([first], second).inconclusive == ["theano is missing from the new matrix"]
    assert [(date, len(item.regressions)) for date, item in steps([first, second, third])] == [
        ("2026-11-22T03:00:00Z", 1),
        ("2026-11-22T02:00:00Z", 0),
    ]


def test_a_run_that_several_matrices_have_is_a_point_once(measured):
    first = measured(1, cntk=[case("a/f/x"), case("a/f/y", "fail")])
    second = measured(2, cntk=[case("a/f/x"), case("a/f/y")])
    found = lines([first, first, second])
    assert [(point.date, point.passed, point.total, point.new) for point in found["cntk"]] == [
        ("2026-11-22T01:00:00Z", 1, 2, 1),
        ("2026-11-22T02:00:00Z", 2, 2, 0),
    ]
    assert found["cntk"][0].version == "keras 2.3.1, cntk 2.7"


def test_a_matrix_is_not_its_own_past(measured):
    first, second = measured(1, cntk=[case("a/f/x")]), measured(2, cntk=[case("a/f/x")])
    assert earlier([first, kept(second)], second) == [first]


def test_a_chart_stays_within_its_frame_and_breaks_where_versions_change():
    points = [Point("1", "a", 1, 4, 0, True), Point("2", "a", 3, 4, 0, True), Point("3", "b", 4, 4, 0, False)]
    drawn = chart(points)
    assert (drawn.low, drawn.high) == (25.0, 100.0)
    assert [(part.version, len(part.dots)) for part in drawn.segments] == [("a", 2), ("b", 1)]
    for part in drawn.segments:
        for dot in part.dots:
            assert 0 < dot.x < WIDTH
            assert 0 < dot.y < HEIGHT
    assert drawn.segments[0].dots[0].y > drawn.segments[1].dots[0].y
    alone = chart([Point("1", "a", 0, 0, 0, True)])
    assert (alone.low, alone.high) == (0.0, 0.5)


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(UsageError, match="is not a directory: name one with --history"):
        read_history(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is not a directory"):
        read_history(tmp_path / "file")
