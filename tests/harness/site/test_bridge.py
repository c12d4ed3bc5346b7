from __future__ import annotations

import pytest

from conformance import apis, settings
from conformance.apis.ops.names import PUBLIC
from harness.merge import merge_journals
from harness.site.bridge import load_bridges
from harness.site.chapter import Chapter
from harness.site.site import site
from tests.fakes import case


@pytest.fixture
def bridge():
    return load_bridges()["k"]


def test_every_function_of_k_has_an_entry_and_no_other_has(bridge):
    table = apis.table("k", settings.read({}))
    assert {function.name for function in table.functions()} == set(bridge.functions)


def test_every_replacement_is_a_public_name_of_keras_3(bridge):
    assert bridge.api == "ops"
    assert {name for found in bridge.functions.values() for name in found.by} <= set(PUBLIC)


def test_where_nothing_replaces_a_function_a_note_says_what_to_do(bridge):
    assert all(found.note for found in bridge.functions.values() if not found.by)


def test_the_way_back_is_the_same(bridge):
    back = bridge.replaced()
    assert back["take"] == ["gather"]
    assert {name for names in back.values() for name in names} == {
        name for name, found in bridge.functions.items() if found.by
    }


def test_both_pages_show_the_support_of_both_sides(write_journal):
    cases = [case("shape/gather/x"), case("shape/gather/y", "fail")]
    k = Chapter(merge_journals([write_journal("cntk", cases)]))
    ops = Chapter(merge_journals([write_journal("jax", [case("indexing/take/x")], api="ops")]))
    pages = {address: content.decode() for address, content in site([k, ops])}
    there, back = pages["k/function/shape/gather.html"], pages["ops/function/indexing/take.html"]
    assert 'href="../../../ops/function/indexing/take.html"' in there
    assert "✓ 1" in there
    assert 'href="../../../k/function/shape/gather.html"' in back
    assert "1/2" in back
    alone = dict(site([k]))["k/function/shape/gather.html"].decode()
    assert "take" in alone
    assert "ops/function" not in alone
