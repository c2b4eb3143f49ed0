"""Escapes and markup holes of past Jinja releases, and where each still works. Runs under any Jinja release.

``python -m tests.security.historic`` prints as JSON, for the release it runs with, what the policy says of each payload
and what the release does with it in its own sandbox.
"""

import json
from importlib.metadata import version

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shopwright.template_engine.policy.check import check_policy

FUNCTIONS = {"t", "card", "collect"}
CONTEXT = {"x": {"a": 1}, "text": "A"}
ORDINARY = "{% for key, value in [[1, 2]] %}{% endfor %}{{ x.a }}"

PAYLOADS = {
    "CVE-2016-10745 str.format": ("{{ '{0.__class__.__mro__}'.format(x) }}", (), ""),
    "CVE-2019-10906 str.format_map": ("{{ '{x.__class__.__mro__}'.format_map({'x': 1}) }}", (), ""),
    "CVE-2020-28493 urlize": ("{{ ('http://a.' ~ 'b.' * 9999)|urlize }}", (), ""),
    "CVE-2024-22195 xmlattr, blank in a key": (
        "<p{{ {'a onclick=alert(1) b': 1}|xmlattr }}>",
        ("3.0.3",),
        " onclick=alert(1) ",
    ),
    "CVE-2024-34064 xmlattr, other signs in a key": (
        "<p{{ {'a/onclick=alert(1)': 1}|xmlattr }}>",
        ("3.0.3",),
        "/onclick=alert(1)",
    ),
    "CVE-2024-56201 code in a template's name": (
        "{% from 'macros.html' import missing %}{{ missing }}",
        ("3.0.3", "3.1.4"),
        "imported on line 1 in '49",
    ),
    "CVE-2024-56326 format, kept and called by a filter": (
        "{% set f = '{0.__class__.__mro__}'.format %}{{ f|invoke(x) }}",
        ("3.0.3", "3.1.4"),
        "&lt;class &#39;object&#39;&gt;",
    ),
    "CVE-2025-27516 format by attr": (
        "{{ ('{0.__class__.__mro__}'|attr('format'))(x) }}",
        ("3.1.5",),
        "&lt;class &#39;object&#39;&gt;",
    ),
    "attr of a format that is passed on": (
        "{% set f = '{0.__class__.__mro__}'|attr('format') %}{{ [f]|map('invoke', x)|join }}",
        ("3.0.3", "3.1.4", "3.1.5"),
        "class",
    ),
    "format of markup": (
        "{% set m %}{0.__class__.__mro__}{% endset %}{{ (m|attr('format'))(x) }}",
        ("3.0.3", "3.1.4", "3.1.5"),
        "class",
    ),
    "format_map by attr": (
        "{{ ('{a.__class__.__mro__}'|attr('format_map'))(x) }}",
        ("3.0.3", "3.1.4", "3.1.5"),
        "class",
    ),
    "the subclasses of object": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", (), ""),
    "the subclasses by keys": ("{{ ''['__class__']['__mro__'][1]['__subclasses__']() }}", (), ""),
    "globals of a function": ("{{ lipsum.__globals__['os'].popen('id').read() }}", (), ""),
    "globals of a class": ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", (), ""),
    "the reference to itself": ("{{ self._TemplateReference__context }}", (), ""),
    "the configuration": ("{{ config.__class__.from_envvar.__globals__ }}", (), ""),
    "a frame of a generator": ("{{ (x|map('upper')).gi_frame.f_globals }}", (), ""),
    "a namespace": ("{% set n = namespace(a=x) %}{% set n.a = 1 %}", (), ""),
    "safe": ("{{ '<script>alert(1)</script>'|safe }}", ("3.0.3", "3.1.4", "3.1.5"), "<script>alert(1)</script>"),
    "autoescape off": (
        "{% autoescape false %}{{ '<script>' }}{% endautoescape %}",
        ("3.0.3", "3.1.4", "3.1.5"),
        "<script>",
    ),
}
"""By name: the payload, the releases on which it works, and what is shown there."""
CODE_IN_NAME = "{7*7}.html"


def refused(payload):
    """What the policy says of a page: refusals, as text."""
    name = CODE_IN_NAME if "missing" in payload else "page.html"
    templates = {name: payload, "macros.html": "{% macro m() %}{% endmacro %}"}
    return [str(refusal) for refusal in check_policy(templates, [name], FUNCTIONS)]


def shown(payload):
    """What the release's own sandbox shows, or says."""
    name = CODE_IN_NAME if "missing" in payload else "page.html"
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({name: payload, "macros.html": ""}), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["invoke"] = lambda called, *values: called(*values)
    try:
        return environment.get_template(name).render(CONTEXT)
    except Exception as error:  # noqa: BLE001 - whatever a release says is compared with what it should have done
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    print(
        json.dumps(
            {
                "version": version("jinja2"),
                "ordinary": [refused(ORDINARY), shown(ORDINARY)],
                "payloads": {name: [refused(said), shown(said)] for name, (said, _, _) in PAYLOADS.items()},
            }
        )
    )
