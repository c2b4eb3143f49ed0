from tests.unit.database.references.library import library

__all__ = ["library"]
