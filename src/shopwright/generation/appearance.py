"""Light, dark, or as the shopper's system has it: the choice, put on the page before anything of it is shown.

The choice is made in the footer (``_appearance.html``, ``js/appearance.js``) and kept in the browser under ``KEY``. A
style sheet that came first would flash in the other scheme, so one small script stands in each page, allowed by its
hash. Without it, or where storage is refused, pages are as the system has them.
"""

from markupsafe import Markup

KEY = "shopwright:scheme"
EARLY = (
    f'try{{let s=localStorage.getItem("{KEY}");'
    'if(s=="dark"||s=="light")document.documentElement.dataset.scheme=s}catch{}'
)
EARLY_SCRIPT = Markup(f"<script>{EARLY}</script>")  # noqa: S704 - the text above
