"""The baseline of an external module, as its author keeps it: written, reasoned, strict, and green in CI."""

from __future__ import annotations

import json

import pytest

from tests.fakes import FakeRuntime, case, replay, step

LEVELS = ("found", "imports", "valid", "loads", "signatures", "examples", "core", "full")
TWO = (case("a/f/x", "fail"), case("a/g/y", "unsupported", "NotImplementedError: inside has no g"))


@pytest.fixture
def author(place, monkeypatch, use_runtime, conform):
    """Runs a verb on the module `inside`, whose cases end as the call says."""
    monkeypatch.chdir(place)

    def run(verb, *arguments, cases=TWO, holds=LEVELS[:5], versions=None):
        steps = [step(name, name in holds) for name in LEVELS]
        told = versions or {"keras": "2.3.1", "numpy": "1.18.5"}
        output = replay("inside", [*cases, case("a/h/z")], steps=steps, versions=told, backend="inside")
        use_runtime(FakeRuntime({"inside": output}))
        return conform(verb, "module:inside", "--path", "src", *arguments)

    return run


@pytest.fixture
def accepted(author, place):
    """known.toml with both deviations and their reasons."""
    assert author("baseline", "--baseline", "known.toml").status == 1
    file = place / "known.toml"
    file.write_text(file.read_text().replace('reason = ""', 'reason = "We accept it."'))
    return file


def test_the_file_is_written_states_its_versions_and_wants_reasons(author, place):
    result = author("baseline", "--baseline", "known.toml")
    assert result.status == 1
    assert "known.toml written" in result.err
    assert result.out.count("has no reason") == 2
    head = 'schema = 3\nbackend = "inside"\napi = "k"\nversions = { keras = "2.3.1" }\n'
    assert (place / "known.toml").read_text().startswith(head)


@pytest.mark.parametrize("verb", ["run", "validate", "baseline"])
def test_two_accepted_deviations_are_green(author, accepted, verb):
    before = accepted.read_text()
    result = author(verb, "--baseline", "known.toml")
    assert (result.status, accepted.read_text()) == (0, before)


@pytest.mark.parametrize("level", ["core", "full"])
def test_a_level_is_reached_but_for_accepted_deviations(author, accepted, level):
    result = author("validate", "--level", level, "--baseline", "known.toml")
    assert result.status == 0
    assert f"Level {level} is reached, but for known deviations." in result.out
    assert "Level: signatures" in result.out
    assert author("validate", "--level", level).status == 1


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        (TWO[:1], "'a/g/y' matches nothing"),
        ((*TWO[:1], case("a/g/y")), "a/g/y no longer deviates"),
        (
            (*TWO[:1], case("a/g/y", "fail", "wrong shape")),
            "a/g/y deviates in another way now (fail in value",
        ),
        ((*TWO, case("a/i/new", "crash", "the process died")), "1 new deviation"),
    ],
)
@pytest.mark.parametrize("verb", ["run", "validate"])
def test_it_cannot_rot(author, accepted, verb, cases, says):
    result = author(verb, "--baseline", "known.toml", cases=cases)
    assert result.status == 1
    assert says in " ".join(result.out.split())
    assert author("validate", "--level", "core", "--baseline", "known.toml", cases=cases).status == 1


def test_an_entry_that_reaches_too_far_or_has_no_reason_is_a_problem(author, accepted):
    text = accepted.read_text()
    accepted.write_text(text.replace('"a/f/x"', '"a/**"'))
    result = author("run", "--baseline", "known.toml")
    assert result.status == 1
    assert "a/h/z no longer deviates" in " ".join(result.out.split())
    accepted.write_text(text.replace('"We accept it."', '""'))
    result = author("run", "--baseline", "known.toml")
    assert result.status == 1
    assert "has no reason" in result.out


def test_what_is_stale_comes_with_the_command_that_rewrites_it(author, accepted):
    result = author("run", "--baseline", "known.toml", cases=TWO[:1])
    told = "`conform baseline module:inside --baseline known.toml --update` rewrites the baseline"
    assert told in " ".join(result.out.split())
    assert author("baseline", "--baseline", "known.toml", "--update", cases=TWO[:1]).status == 0
    assert "a/g/y" not in accepted.read_text()
    assert author("run", "--baseline", "known.toml", cases=TWO[:1]).status == 0


def test_a_step_before_the_cases_cannot_be_accepted(author, accepted):
    result = author("validate", "--baseline", "known.toml", holds=LEVELS[:3])
    assert result.status == 1


def test_the_document_says_what_is_known(author, accepted):
    document = json.loads(author("validate", "--baseline", "known.toml", "--json").out)
    assert [item["known"] for item in document["failing"]] == [True, True]
    assert document["status"] == 0
    assert document["level"] == "signatures"
    assert document["next"] == []


def test_merge_takes_the_file_too(author, accepted, conform):
    author("run", "--baseline", "known.toml")
    assert conform("merge", "results", "--out", "m.json").status == 1
    assert conform("merge", "results", "--out", "m.json", "--baseline", "known.toml").status == 0


def test_it_is_for_the_versions_that_it_states(author, accepted):
    other = {"keras": "2.2.4", "numpy": "1.18.5"}
    result = author("run", "--baseline", "known.toml", versions=other)
    assert result.status == 1
    told = "inside has 2 new deviations: its baseline is for keras 2.3.1 and is not applied to keras 2.2.4"
    assert told in " ".join(result.out.split())
    result = author("baseline", "--baseline", "known.toml", versions=other)
    assert result.status == 1
    assert "its baseline is for keras 2.3.1 and is not applied to keras 2.2.4: `conform" in result.out
    assert author("baseline", "--baseline", "known.toml", "--update", versions=other).status == 0
    assert 'versions = { keras = "2.2.4" }' in accepted.read_text()
    assert author("run", "--baseline", "known.toml", versions=other).status == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["baseline"], "its list is a file of yours: name it with --baseline FILE."),
        (["run", "--baseline", "nowhere.toml"], "write it with `conform baseline MODULE --baseline nowhere"),
        (["validate", "--baseline", "src/inside.py"], "src/inside.py does not say which versions"),
        (
            ["validate", "--baseline", "theirs.toml"],
            "is the baseline of 'theirs', and what is judged is inside",
        ),
        (["baseline", "--baseline", "theirs.toml"], "'theirs': name another file with --baseline."),
        (["run", "--baseline", "a.toml", "--baseline", "b.toml"], "both baselines of 'inside': give one"),
    ],
)
def test_status_2_files_that_cannot_be_used(author, place, arguments, says):
    text = 'schema = 3\nbackend = "inside"\napi = "k"\nversions = { keras = "2.3.1" }\n'
    (place / "a.toml").write_text(text)
    (place / "b.toml").write_text(text)
    (place / "theirs.toml").write_text(text.replace("inside", "theirs"))
    (place / "src" / "inside.py").write_text('schema = 3\nbackend = "inside"\n')
    result = author(*arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err
    assert result.err.count("\n") == 1
