"""The rules of the contextual check: what to write instead of what each refuses.

``docs/reference/template-contexts.md`` has a refused and an accepted example of each, which a test runs.
"""

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "syntax": "Correct the template.",
        "statement": "Use if, for, set, include, block, macro, call, import, with and do.",
        "nesting": "Move the inner part into a template of its own and include it.",
        "extends": 'Begin the template with {% extends "name.html" %}, and write everything into blocks.',
        "name": 'Write the name of the template: {% include "_card.html" %}.',
        "branches": "Write the whole tag, or the whole attribute, in each branch.",
        "returns": "End in the same place of the HTML as it begins: close the tag, the quotes and the svg in it.",
        "places": "Include it in text, and write attributes where they stand.",
        "tag": "Write tags and attributes out; choose between them with if; write &lt; for the sign itself.",
        "unquoted": 'Put the value in quotes, right after the sign: class="{{ … }}".',
        "comment": "Write comments as {# … #}: they do not reach the page.",
        "element": "Use an element of HTML; inside svg, shapes and text only.",
        "raw-text": "Put plain text between the tags of title and textarea, and &lt; for the sign itself.",
        "script": "Put scripts into a file and list it in theme.yaml; hand data to them with data(id, value).",
        "style": "Put styles into a file, list it in theme.yaml, and give the element a class.",
        "event-handler": "Add the listener in a script of the theme, and mark the element with a data- attribute.",
        "frame": "Link to the page with <a>.",
        "embed": "Use picture() for a picture, <video> or <audio> for media.",
        "base": "Use addresses that begin with a slash.",
        "meta": "head() writes what belongs there; redirects and headers are settings of the store.",
        "srcset": "Use picture().",
        "address": "Use a value of the theme API whose name ends in url, or pass the value through url(…).",
        "address-part": 'Begin the address with what decides where it leads: href="/search/?q={{ … }}".',
        "scheme": "Begin the address with https://, http://, mailto:, tel:, /, ? or #.",
        "file": 'Use asset("name"), or list the file in theme.yaml: head() loads it.',
        "fixed": "Write the value out; choose between values with if.",
        "prefix": 'Begin with a word and a hyphen: id="part-{{ … }}".',
        "markup": "Print it where it is made, in the text of the page.",
        "mixed": "Print it, name it with set, or hand it to a function of the theme API; cut its parts, not the whole.",
        "filter": "Print the value as it is: it is escaped where it stands.",
        "reserved": "Choose another name.",
        "address-name": "Bind only addresses to names that end in url: values with such a name, url(…), asset(…).",
    }
)
