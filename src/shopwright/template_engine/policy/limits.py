"""How large a template of an untrusted theme may be. Each bound keeps a known attack on parser or compiler cheap."""

CHARACTERS = 1 << 20
"""Most characters of a template (requirement T5)."""
LINES = 20_000
RUN = 2_000
"""Longest run of hexadecimal digits and underscores anywhere: the lexer keeps a note for each of them."""
BACKSLASHES = 2_000
"""Most backslashes anywhere, for the same reason."""

TAGS = 2_000
"""Most tags (``{{ … }}`` and ``{% … %}``) of a template."""
TOKENS = 10_000
"""Most words, numbers, texts and signs inside the tags of a template."""
TAG_TOKENS = 300
"""The same for one tag."""
BRACKETS = 16
"""Deepest brackets within a tag."""
NESTING = 16
"""Deepest ``for``, ``if``, ``block`` … within one another."""
BRANCHES = 60
"""Most ``elif`` of an ``if``."""
DIGITS = 19
"""Most digits of a number: what a signed 64-bit integer needs."""
NAME = 60
"""Most characters of a name."""

EXPRESSION_DEPTH = 40
"""Deepest expression: ``a + b + c`` is three deep."""
LOOPS = 4
"""Deepest loops within one another."""
LARGEST = 2**63
"""Numbers stay below this, and above its negative."""

THEME_CHARACTERS = 4 << 20
THEME_TAGS = 6_000
THEME_TOKENS = 30_000
"""The same for all templates of a theme together, without those of its built-in parents."""
TEMPLATE_DEPTH = 12
"""Longest chain of templates that extend, include or import the next."""
UNROLLED = 1_000
"""Most templates that one page may open, each counted as often as it is named on the way."""
