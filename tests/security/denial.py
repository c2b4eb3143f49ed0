"""Templates that try to use up time or memory: name, class of attack, and the templates, of which ``page`` is shown."""

from typing import NamedTuple


class Probe(NamedTuple):
    """One attack. ``templates`` maps names, without ``.html``, to sources."""

    name: str
    kind: str
    templates: dict[str, str]


LONG = "{% set s = 'abcdefghij' * 90000 %}"
"""900,000 characters, for the price of one operator."""
MANY = "{% set l = range(15000)|list %}"
DAG = "{% set l = [1, 2] %}" + "{% set l = [l, l] %}" * 60
DAG_OF_MAPPINGS = "{% set m = {'a': 1} %}" + "{% set m = {'a': m, 'b': m} %}" * 60
DAG_OF_PAIRS = "{% set p = (1, 2) %}" + "{% set p = (p, p) %}" * 60
MERSENNE = 2**61 - 1

ARITHMETIC = {
    "pow": "{{ 10 ** (10 ** 8) }}",
    "pow of a variable": "{% set n = 10 %}{{ n ** n ** n ** n }}",
    "pow chain": "{{ 2 ** 10 ** 10 }}",
    "pow in a condition": "{% if 9 ** 99999999 %}x{% endif %}",
    "squares": "{% set n = 12345678 %}" + "{% set n = n * n %}" * 40 + "{{ n }}",
    "factorial in a loop": "{% set n = 1 %}{% for i in range(1, 100000) %}{% set n = n * i %}{% endfor %}{{ n }}",
    "a number of 900,000 digits": "{{ " + "9" * 900_000 + " }}",
    "a hexadecimal number of 900,000 digits": "{{ 0x" + "f" * 900_000 + " }}",
    "a number with underscores": "{{ " + "1_" * 400_000 + "1 }}",
    "a float of 900,000 digits": "{{ 1." + "9" * 900_000 + " }}",
    "an infinite float": "{{ 1e999 * 1e999 }}",
    "round to 10 ** 9 places": "{{ 5|round(1000000000) }}",
    "round up to 10 ** 9 places": "{{ 1.5|round(1000000000, 'ceil') }}",
    "round a whole number down": "{{ 12345|round(-1000000000, 'floor') }}",
    "int of a long text": LONG + "{{ s|int }}",
    "int with a base": "{% set s = 'f' * 900000 %}{{ s|int(0, 16) }}",
    "sum of many": "{{ range(99999)|sum }}{{ range(99999)|sum }}{{ range(99999)|sum }}",
    "sum of lists": "{{ ([[1]] * 9999)|sum(start=[]) }}",
}
GROWTH = {
    "repeat a text": "{{ 'a' * 10000000000 }}",
    "repeat a text by a variable": "{% set n = 10000000000 %}{{ 'a' * n }}",
    "repeat from the right": "{{ 10000000000 * 'a' }}",
    "repeat a list": "{{ ([1] * 10000000000)|length }}",
    "repeat a pair": "{{ ((1, 2) * 10000000000)|length }}",
    "format with a width": "{{ '%1000000000d' % 1 }}",
    "format with a width of its own": "{{ '%*d' % (1000000000, 1) }}",
    "format by a test": "{{ '%1000000000d' is odd }}",
    "format by divisibleby": "{{ '%1000000000d' is divisibleby(3) }}",
    "format filter": "{{ '%1000000000d'|format(1) }}",
    "format method": "{{ '{:1000000000d}'.format(1) }}",
    "format method with a width of its own": "{{ '{:{w}}'.format(1, w=1000000000) }}",
    "center": "{{ 'a'|center(1000000000) }}",
    "center method": "{{ 'a'.center(1000000000) }}",
    "ljust": "{{ 'a'.ljust(1000000000) }}",
    "zfill": "{{ 'a'.zfill(1000000000) }}",
    "expandtabs": "{{ '\\t'.expandtabs(1000000000) }}",
    "indent": "{{ 'a\\nb'|indent(1000000000) }}",
    "to_bytes": "{{ (1).to_bytes(1000000000, 'big') }}",
    "replace": "{% set s = 'a' * 900000 %}{{ s|replace('a', s) }}",
    "replace of nothing": "{% set s = 'a' * 900000 %}{{ s|replace('', s) }}",
    "replace in what is escaped": "{% set x %}l{% endset %}{% set s = '<' * 100000 %}{{ s|replace(x, s) }}",
    "join": LONG + "{{ range(9999)|join(s) }}",
    "join texts": LONG + "{{ [s, s, s, s]|join(s) }}",
    "batch with a filler": "{{ [1]|batch(1000000000, 'x')|list|length }}",
    "slice": "{{ [1]|slice(100000000)|list|length }}",
    "slice with a filler": "{{ [1]|slice(100000000, 'x')|list|length }}",
    "tojson with an indent": "{{ [1]|tojson(indent=1000000000) }}",
    "lipsum": "{{ lipsum(n=1000000) }}",
    "doubling by ~": "{% set s = 'aaaaaaaa' %}" + "{% set s = s ~ s %}" * 40 + "{{ s }}",
    "doubling by +": "{% set s = 'aaaaaaaa' %}" + "{% set s = s + s %}" * 40 + "{{ s }}",
    "doubling a list": "{% set l = [1] %}" + "{% set l = l + l %}" * 40 + "{{ l|length }}",
    "doubling a pair": "{% set l = (1,) %}" + "{% set l = l + l %}" * 40 + "{{ l|length }}",
    "doubling in a kept text": "{% set s %}aaaaaaaa{% endset %}"
    + "{% set s %}{{ s }}{{ s }}{% endset %}" * 40
    + "{{ s }}",
    "doubling by macros": "{% macro m0(x) %}{{ x }}{{ x }}{% endmacro %}"
    + "".join(f"{{% macro m{n}(x) %}}{{{{ m{n - 1}(m{n - 1}(x)) }}}}{{% endmacro %}}" for n in range(1, 30))
    + "{{ m29('a') }}",
    "urlencode grows": "{% set s = 'é' * 900000 %}{{ s|urlencode|urlencode|urlencode }}",
    "escape grows": "{% set s = '\"' * 900000 %}{{ s|e|string|forceescape|forceescape }}",
    "upper grows": "{% set s = 'ŉ' * 900000 %}{{ s|upper|upper }}",
    "a list of references to a long text": LONG + "{% set l = [s] * 10000 %}{{ l|join }}",
    "a list of a long text sorted": LONG + "{% set l = [s, s ~ 'a', s ~ 'b'] %}{{ l|sort|first }}",
}
LOOPS = {
    "two loops": "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
    "three loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}"
    "{% endfor %}{% endfor %}{% endfor %}",
    "six loops": "{% for a in range(50) %}" * 6 + "x" + "{% endfor %}" * 6,
    "a condition on a loop": "{% for a in range(99999) if a in range(99999) and false %}{% endfor %}" * 9,
    "a loop over a loop's text": LONG + "{% for c in s %}{{ s }}{% endfor %}",
    "a loop over a text": LONG + "{% for c in s %}{{ c }}{% endfor %}",
    "a huge range": "{% for a in range(1000000000) %}x{% endfor %}",
    "a recursive loop": "{% for a in [[1]] recursive %}{{ loop(a) if a }}{{ loop([a]) }}{% endfor %}",
    "a wide recursive loop": "{% for a in range(50) recursive %}{{ loop(range(50)) }}{% endfor %}",
    "loops through a filter": "{% filter upper %}{% for a in range(99999) %}{{ a }}{% endfor %}{% endfilter %}" * 5,
    "map over map": "{% set l = range(9999)|list %}" + "{% set l = l|map('string')|list %}" * 60 + "{{ l|length }}",
    "continue": "{% for a in range(99999) %}{% for b in range(99999) %}{% continue %}{% endfor %}{% endfor %}",
    "previtem": "{% for a in range(99999) %}{{ loop.previtem }}{{ loop.length }}{{ loop.last }}{% endfor %}" * 4,
    "cycle": "{% for a in range(99999) %}{{ loop.cycle(1, 2) }}{% endfor %}" * 4,
}
CALLS = {
    "a macro calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro calls itself twice": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "macros call one another": "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "a chain of macros": "{% macro m0() %}x{% endmacro %}"
    + "".join(f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}" for n in range(1, 26))
    + "{{ m25() }}",
    "a chain of callers": "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + "{% call m() %}" * 15
    + "x"
    + "{% endcall %}" * 15,
    "a macro as its own default": "{% macro m(x=m()) %}{{ x }}{% endmacro %}{{ m() }}",
    "a block shows itself": "{% block b %}{{ self.b() }}{% endblock %}",
    "super that is not there": "{% block b %}{{ super() }}{% endblock %}",
    "cards in cards": "{{ card({'revision': 'x', 'a': [card({'revision': 'y'})]}) }}" * 500,
    "collect in a loop": "{% for i in range(99999) %}{% do collect('x', 'a' * 1000) %}{% endfor %}",
    "collect what was collected": "{% do collect('x', 1) %}"
    + "{% do collect('x', [collected('x'), collected('x')]) %}" * 40
    + "{{ data('x', collected('x')) }}",
    "data of a list": "{% set l = range(20000)|list %}{% for i in range(99) %}{{ data('x', l) }}{% endfor %}",
    "t with a long text": LONG + "{% for i in range(9999) %}{{ t('cart.add', x=s) }}{% endfor %}",
    "format with a huge number": "{{ number(1e308, 6) }}" * 400,
}
TEMPLATES = {
    "includes itself": {"page": "{% include 'page.html' %}"},
    "includes itself twice": {"page": "{% include 'page.html' %}{% include 'page.html' %}"},
    "includes itself in a loop": {"page": "{% for i in range(99) %}{% include 'page.html' %}{% endfor %}"},
    "extends itself": {"page": "{% extends 'page.html' %}"},
    "imports itself": {"page": "{% import 'page.html' as p %}{{ p.x() }}"},
    "a circle of three": {
        "page": "{% include 'a.html' %}",
        "a": "{% include 'b.html' %}",
        "b": "{% include 'page.html' %}{% include 'page.html' %}",
    },
    "a tree of includes": {
        "page": "{% include 't0.html' %}",
        **{f"t{n}": f"{{% include 't{n + 1}.html' %}}" * 9 for n in range(9)},
        "t9": "x",
    },
    "a tall chain": {
        "page": "{% include 't0.html' %}",
        **{f"t{n}": f"{{% include 't{n + 1}.html' %}}" for n in range(300)},
        "t300": "x",
    },
    "a tall chain of parents": {
        "page": "{% extends 't0.html' %}",
        **{
            f"t{n}": f"{{% extends 't{n + 1}.html' %}}{{% block b %}}{{{{ super() }}}}{{% endblock %}}"
            for n in range(99)
        },
        "t99": "{% block b %}x{% endblock %}",
    },
    "a part in loops": {
        "page": "{% for a in range(999) %}{% include 'part.html' %}{% endfor %}",
        "part": "{% for b in range(999) %}" + "x" * 999 + "{% endfor %}",
    },
    "many names for a part": {
        "page": "".join(f"{{% set v{n} = {n} %}}" for n in range(900))
        + "{% for a in range(9999) %}{% include 'part.html' %}{% endfor %}",
        "part": "x",
    },
    "a macro of another template": {
        "page": "{% from 'part.html' import m %}{{ m(30) }}",
        "part": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}",
    },
}
COMPARISONS = {
    "in a long text": LONG + "{% for i in range(1000) %}{{ 'b' * 4000 ~ 'x' in s }}{% endfor %}",
    "in a text that nearly matches": "{% set s = 'a' * 900000 %}{% set t = 'a' * 99 ~ 'b' %}"
    "{% for i in range(1000) %}{% if t in s %}{% endif %}{% endfor %}",
    "in many": MANY + "{% for i in range(9999) %}{% if 'x' in l %}{% endif %}{% endfor %}",
    "in a range of floats": "{% for i in range(999) %}{% if 0.5 in range(99999) %}{% endif %}{% endfor %}",
    "equal long texts": LONG + "{% set t = s ~ '' %}{% for i in range(9999) %}{% if s == t %}{% endif %}{% endfor %}",
    "equal lists": MANY + "{% set k = l|list %}{% for i in range(9999) %}{% if k == l %}{% endif %}{% endfor %}",
    "equal DAGs": DAG + "{% set k = l %}" + DAG + "{{ k == l }}",
    "ordered DAGs": DAG + "{% set k = l %}" + DAG + "{{ k < l }}",
    "a DAG shown": DAG + "{{ l }}",
    "a DAG as text": DAG + "{{ l|string }}",
    "a DAG joined": DAG + "{{ l|join }}",
    "a DAG as data": DAG + "{{ data('x', l) }}",
    "a DAG as JSON": DAG + "{{ l|tojson }}",
    "a DAG printed": DAG + "{{ l|pprint }}",
    "a DAG upper": DAG + "{{ l|upper }}",
    "a DAG in ~": DAG + "{{ l ~ '' }}",
    "a DAG sorted": DAG + "{{ [l, l]|sort }}",
    "a DAG as a key": DAG_OF_PAIRS + "{{ {p: 1}[p] }}",
    "a DAG unique": DAG_OF_PAIRS + "{{ [p, p]|unique|list|length }}",
    "a DAG of mappings": DAG_OF_MAPPINGS + "{{ data('x', m) }}",
    "a DAG of mappings equal": DAG_OF_MAPPINGS + "{% set k = m %}" + DAG_OF_MAPPINGS + "{{ k == m }}",
    "a DAG by batch": "{% set l = [1] %}" + "{% set l = l|batch(9, l)|list %}" * 30 + "{{ data('x', l) }}",
    "a DAG by map's default": "{% set l = [{}] %}"
    + "{% set l = ([{}] * 99)|map(attribute='x', default=l)|list %}" * 20
    + "{{ data('x', l) }}",
    "a DAG by groupby": "{% set l = [{'a': 1}] %}"
    + "{% set l = [{'a': l|groupby('a')}, {'a': l|groupby('a')}] %}" * 30
    + "{{ l == l }}",
    "hashes that collide": f"{{{{ range(0, {MERSENNE} * 100000, {MERSENNE})|unique|list|length }}}}",
    "hashes of large floats": "{{ range(30000)|map('float')|unique|list|length }}" * 5,
    "sorted again and again": "{% for i in range(999) %}{% set l = range(15000)|sort(reverse=true) %}{% endfor %}",
    "sorted by text": MANY + "{% for i in range(99) %}{% set k = l|map('string')|sort %}{% endfor %}",
    "reversed again and again": LONG + "{% for i in range(99999) %}{% set s = s[::-1] %}{% endfor %}",
    "cut again and again": LONG + "{% for i in range(99999) %}{% set t = s[1:] %}{% endfor %}",
    "tests that compare": MANY + "{{ l|select('in', l)|list|length }}",
    "tests with long texts": LONG + "{{ ([s] * 1)|select('in', s)|list|length }}" * 900,
}
TEXTS = {
    "title": "{% set s = 'a-' * 400000 %}{% for i in range(99) %}{% set t = s|title %}{% endfor %}",
    "title and upper": "{% set s = 'a b ' * 200000 %}"
    "{% for i in range(99) %}{% set s = s|title|upper|lower %}{% endfor %}",
    "striptags of comments": "{% set s = '<!---->' * 120000 %}{{ s|striptags }}",
    "striptags of brackets": "{% set s = '<' * 900000 %}{{ s|striptags }}",
    "urlize": "{% set s = 'http://a.b.' * 80000 %}{{ s|urlize }}",
    "urlize of brackets": "{% set s = '(' * 300000 ~ 'http://a' ~ ')' * 300000 %}{{ s|urlize }}",
    "wordwrap": LONG + "{{ s|wordwrap(1) }}",
    "wordcount": "{% set s = 'a ' * 450000 %}{% for i in range(99) %}{% set n = s|wordcount %}{% endfor %}",
    "truncate": "{% set s = 'a ' * 450000 %}{% for i in range(999) %}{% set t = s|truncate(800000) %}{% endfor %}",
    "trim many characters": LONG + "{% set t = 'zyxw' * 200000 %}{{ (t ~ s)|trim(t) }}",
    "replace many": "{% set s = 'ab' * 400000 %}"
    "{% for i in range(99) %}{% set s = s|replace('ab', 'ba') %}{% endfor %}",
    "replace that nearly matches": "{% set s = 'a' * 900000 %}{% set t = 'a' * 1999 ~ 'b' %}"
    "{% for i in range(99) %}{% set u = s|replace(t, 'x') %}{% endfor %}",
    "escape": "{% set s = '<>&' * 300000 %}{% for i in range(99) %}{% set t = s|e|string|e %}{% endfor %}",
    "urlencode": "{% set s = '💥' * 200000 %}{% for i in range(9) %}{% set t = s|urlencode %}{% endfor %}",
    "list of a text": LONG + "{{ s|list|length }}" * 9,
    "reverse of a text": LONG + "{% for i in range(999) %}{% set t = s|reverse %}{% endfor %}",
    "a comment of 900,000 characters": "{#" + "x" * 900_000 + "#}",
    "a text of 900,000 escapes": "{{ '" + "\\n" * 450_000 + "' }}",
    "a text of 900,000 characters": "{{ '" + "x" * 900_000 + "'|length }}",
    "a name of 900,000 characters": "{{ " + "x" * 900_000 + " }}",
    "900,000 lines": "\n" * 900_000 + "{{ 1 }}",
    "900,000 blanks in a tag": "{{ 1" + " " * 900_000 + "}}",
    "2 MiB": "x" * (2 << 20),
    "a text that does not end": "{{ '" + "\\'" * 400_000,
    "a comment that does not end": "{#" * 400_000,
    "a raw part that does not end": "{% raw %}" * 90_000,
}
FLOODS = {
    "output": "{% for i in range(99999) %}" + "x" * 100_000 + "{% endfor %}",
    "output of a long text": LONG + "{% for i in range(9999) %}{{ s }}{% endfor %}",
    "output of short texts": "{% for i in range(99999) %}{{ 'abcdefgh' }}{{ i }}{% endfor %}" * 9,
    "output that is escaped": "{% set s = '\"' * 15 %}{% for i in range(60000) %}{{ s }}{% endfor %}",
    "output of wide characters": "{% for i in range(99999) %}💥💥💥💥💥💥💥💥{% endfor %}" * 5,
    "a kept text": "{% set s %}{% for i in range(99999) %}" + "x" * 10_000 + "{% endfor %}{% endset %}{{ s|length }}",
    "many kept texts": "".join(f"{{% set s{n} %}}{'x' * 400}{{% endset %}}" for n in range(1_500)),
    "kept texts in a loop": LONG + "{% for i in range(999) %}{% set t %}{{ s }}{{ i }}{% endset %}{% endfor %}",
    "a filtered part": "{% filter upper %}{% for i in range(99999) %}" + "x" * 1_000 + "{% endfor %}{% endfilter %}",
    "many lists": "".join(f"{{% set l{n} = range(9999)|list %}}" for n in range(1_500)) + "{{ l0|length }}",
    "many long texts": "".join(f"{{% set s{n} = 'x' * 900000 %}}" for n in range(1_500)) + "{{ s0|length }}",
    "many wide texts": "".join(f"{{% set s{n} = '💥' * 900000 %}}" for n in range(1_500)) + "{{ s0|length }}",
    "a mapping of long texts": LONG + "{% set m = {1: s ~ 1, 2: s ~ 2, 3: s ~ 3, 4: s ~ 4, 5: s ~ 5} %}{{ m|length }}",
    "arguments": LONG + "{% macro m(a, b, c) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(s, s, s) }}" * 1,
}
PARSING = {
    "brackets": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "square brackets": "{{ " + "[" * 5_000 + "]" * 5_000 + " }}",
    "braces": "{{ " + "{1:" * 5_000 + "1" + "}" * 5_000 + " }}",
    "not": "{{ " + "not " * 20_000 + "1 }}",
    "minus": "{{ " + "-" * 20_000 + "1 }}",
    "a sum of 100,000": "{{ " + "1+" * 100_000 + "1 }}",
    "a chain of ~": "{{ " + "1~" * 100_000 + "1 }}",
    "a chain of dots": "{{ a" + ".b" * 100_000 + " }}",
    "a chain of filters": "{{ 1" + "|abs" * 100_000 + " }}",
    "a chain of tests": "{{ 1" + " is odd is odd" * 20_000 + " }}",
    "a chain of calls": "{{ a" + "()" * 100_000 + " }}",
    "a chain of or": "{{ " + "a or " * 50_000 + "a }}",
    "a chain of comparisons": "{{ " + "1 < " * 50_000 + "2 }}",
    "a chain of if else": "{{ " + "1 if 1 else " * 20_000 + "1 }}",
    "elif": "{% if 0 %}" + "{% elif 0 %}" * 20_000 + "{% endif %}",
    "if in if": "{% if 1 %}" * 2_000 + "{% endif %}" * 2_000,
    "for in for": "{% for a in [1] %}" * 2_000 + "{% endfor %}" * 2_000,
    "block in block": "".join(f"{{% block b{n} %}}" for n in range(2_000)) + "{% endblock %}" * 2_000,
    "set in set": "{% set a|default(b=1) %}" * 2_000 + "{% endset %}" * 2_000,
    "macro in macro": "{% macro a() %}" * 2_000 + "{% endmacro %}" * 2_000,
    "with in with": "{% with a=1 %}" * 2_000 + "{% endwith %}" * 2_000,
    "call in call": "{% macro a() %}{% endmacro %}" + "{% call a() %}" * 2_000 + "{% endcall %}" * 2_000,
    "20,000 blocks": "".join(f"{{% block b{n} %}}{{% endblock %}}" for n in range(20_000)),
    "60,000 values": "{{ a }}" * 60_000,
    "60,000 names": "".join(f"{{% set a{n}=1 %}}" for n in range(60_000)),
    "20,000 loops": "{% for a in [] %}{% endfor %}" * 20_000,
    "20,000 macros": "".join(f"{{% macro m{n}() %}}{{% endmacro %}}" for n in range(20_000)),
    "20,000 includes": "{% include 'page.html' %}" * 20_000,
    "a list of 100,000": "{{ [" + "1," * 100_000 + "]|length }}",
    "a mapping of 100,000": "{{ {" + "1:1," * 100_000 + "}|length }}",
    "a call with 100,000 arguments": "{{ t(" + "1," * 100_000 + "1) }}",
    "a macro with 20,000 arguments": "{% macro m(" + ",".join(f"a{n}" for n in range(20_000)) + ") %}{% endmacro %}",
    "a target of 20,000 names": "{% for " + ",".join(f"a{n}" for n in range(20_000)) + " in [] %}{% endfor %}",
    "all that is allowed: values": "{{ a.b.c.d|default('x')|upper }}" * 1_999,
    "all that is allowed: loops": "{% for a in [b, c] %}{{ a }}{% endfor %}" * 660,
    "all that is allowed: macros": "".join(f"{{% macro m{n}(a) %}}{{{{ a }}}}{{% endmacro %}}" for n in range(660)),
    "all that is allowed: blocks": "".join(f"{{% block b{n} %}}{{{{ a }}}}{{% endblock %}}" for n in range(660)),
    "all that is allowed: tokens": ("{{ " + "[a,b,c]," * 35 + "1 }}") * 60,
    "arithmetic while compiling": "{{ 'a' * 10 ** 9 }}{{ (1, 2) * 10 ** 9 }}{{ 'a'|center(10 ** 9) }}",
    "filters while compiling": "{{ [[1]]|sum(start=[]) }}{{ range(10 ** 9)|list }}" * 3,
    "a break that leaves nothing": "{% for a in [1] %}{% call m() %}{% break %}{% endcall %}{% endfor %}",
    "an argument given twice": "{{ t('x', a=1, a=2) }}{% macro m(a, a) %}{% endmacro %}",
}

PROBES = [
    *(
        Probe(name, kind, {"page": source})
        for kind, group in (
            ("arithmetic", ARITHMETIC),
            ("growth", GROWTH),
            ("loops", LOOPS),
            ("calls", CALLS),
            ("comparisons", COMPARISONS),
            ("texts", TEXTS),
            ("floods", FLOODS),
            ("parsing", PARSING),
        )
        for name, source in group.items()
    ),
    *(Probe(name, "templates", templates) for name, templates in TEMPLATES.items()),
]
