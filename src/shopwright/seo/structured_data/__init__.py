"""Structured data: one frozen builder per schema.org type that pages use, each giving plain JSON values.

Only what the catalogue says is written; nothing is invented. Which property comes from which field, and when it is left
out: ``docs/reference/structured-data.md``.
"""
