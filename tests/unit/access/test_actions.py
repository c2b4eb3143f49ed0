import re

from shopwright.access.actions import Action


def test_an_action_is_a_subject_and_a_verb():
    assert [action for action in Action if not re.fullmatch(r"[a-z]+\.[a-z]+", action)] == []
    assert Action.CATALOG_CHANGE.subject == "catalog"


def test_what_reads_says_so_by_its_verb():
    assert Action.CATALOG_READ.reads
    assert not Action.TENANT_EXPORT.reads


def test_a_constant_is_named_after_its_action():
    assert [action for action in Action if action.name != action.value.upper().replace(".", "_")] == []
