from markupsafe import Markup

from shopwright.template_engine.rich import rich_markup


def test_rich_text_is_markup_without_quotes():
    made = rich_markup('<p>"it\'s" &amp; more</p>')
    assert type(made) is Markup
    assert made == "<p>&#34;it&#39;s&#34; &amp; more</p>"
    assert rich_markup(made) == made
