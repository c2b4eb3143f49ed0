"""For the comparison with Hugo alone: every theme counts as one that comes with Shopwright, and renders unconfined.

Python imports this module at its start when this folder is on ``PYTHONPATH``. The product has no such switch.
"""

import shopwright.template_engine.theme as themes

themes._is_builtin = lambda folder: folder.is_dir()  # noqa: SLF001 - there is no public way, on purpose
