from shopwright.access.actions import Action
from shopwright.bootstrap.operations import OPERATIONS
from shopwright.catalog.repository.catalog import CatalogRepository


def test_a_method_is_one_action():
    assert OPERATIONS[CatalogRepository.page] is Action.CATALOG_READ
    assert OPERATIONS[CatalogRepository.delete] is Action.CATALOG_CHANGE


def test_what_the_name_of_a_method_says_is_what_its_action_says():
    """A method that deletes, prunes or publishes is none that reads."""
    changing = {"add", "bring_in", "patch", "patch_all", "delete", "restore", "undo", "prune", "publish", "roll_back"}
    assert [f.__qualname__ for f, action in OPERATIONS.items() if action.reads and f.__name__ in changing] == []
