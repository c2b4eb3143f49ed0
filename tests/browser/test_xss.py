"""Attack texts in a real Chromium: many on one page, in every context a template may print them in; none does anything.

The page carries the policy of a store. Whatever ran would open a dialog or break the policy, whatever became markup
would change the elements of its case.
"""

import itertools

import pytest
from tests.security.payloads import xss_payloads
from tests.security.test_xss import ACCEPTED, API

from shopwright.template_engine.engine import make_environment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
ORIGIN = "http://shop.example"
PER_PAGE = 400
WITHOUT_REQUESTS = {name: source for name, source in ACCEPTED.items() if name != "url()"} | {
    "url()": '<a href="{{ url(x) }}">a</a><form action="{{ url(x) }}"></form>'
}
"""A picture of an attack's address would be asked for."""

WATCH = """
window.seen = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => window.seen.push(name);
addEventListener("securitypolicyviolation", (event) => window.seen.push(`policy: ${event.violatedDirective}`));
addEventListener("error", (event) => window.seen.push(`error: ${event.message}`));
"""
CHANGED = """
(perPayload) => {
  const inside = (node) => (node instanceof HTMLTemplateElement ? node.content : node);
  const shape = (node) => [...inside(node).children].map((child) =>
    [child.localName, child.getAttributeNames(), shape(child)]);
  const address = (element) => element.href?.baseVal ?? element.href ?? element.action;
  const cases = [...document.querySelectorAll("body > .case")];
  const shapes = cases.map((one) => JSON.stringify(shape(one)));
  const changed = shapes.filter((one, place) => one !== shapes[place % perPayload]);
  const addresses = [...document.querySelectorAll("[href], [action]")].map(address);
  return [cases.length, changed.length, addresses.filter((one) => /^(javascript|data|vbscript):/i.test(one)).length];
}
"""


@pytest.fixture
def watched(browser):
    """``watched(html)`` shows a page and gives what happened on it, and what its elements are."""
    context = browser.new_context()

    def show(html, per_payload=1):
        page, noticed = context.new_page(), []
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (noticed.append(f"dialog: {dialog.type}"), dialog.dismiss()))
        page.on("pageerror", lambda error: noticed.append(f"script error: {error}"))
        page.on("console", lambda message: noticed.append(message.text) if message.type == "error" else None)
        head = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
        page.route("**/*", lambda route: route.fulfill(body=html, headers=head))
        page.goto(ORIGIN, wait_until="load")
        found = page.evaluate(CHANGED, per_payload)
        page.mouse.move(50, 50)
        noticed += page.evaluate("window.seen")
        page.close()
        return noticed, found

    yield show
    context.close()


def page_of(texts):
    """A page of cases, those of the first text first. Templates are compiled once."""
    environment = make_environment(WITHOUT_REQUESTS)
    templates = [environment.get_template(name) for name in WITHOUT_REQUESTS]
    cases = (
        f'<div class="case">{template.render(API, x=text)}</div>\n'
        for text, template in itertools.product(texts, templates)
    )
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>\n{"".join(cases)}</body></html>'


def test_no_payload_does_anything_in_a_browser(watched):
    texts = [text for text in xss_payloads() if text.strip()]
    for start in range(0, len(texts), PER_PAGE):
        shown = ["harmless", *texts[start : start + PER_PAGE]]
        noticed, (cases, changed, running) = watched(page_of(shown), len(WITHOUT_REQUESTS))
        assert (noticed, changed, running) == ([], 0, 0)
        assert cases == len(shown) * len(WITHOUT_REQUESTS)


@pytest.mark.parametrize(
    ("html", "sign"),
    [
        ('<div class="case"><img src="data:x" onerror="alert(1)"></div>', "policy: script-src-attr"),
        ('<div class="case"><script>alert(1)</script></div>', "policy: script-src-elem"),
        ('<div class="case"><a href="javascript:alert(1)" id="a">a</a></div>', None),
    ],
)
def test_the_watch_notices_what_does_something(watched, html, sign):
    noticed, (cases, _, running) = watched(f"<!doctype html><body>{html}</body>")
    assert cases == 1
    assert (sign in noticed) if sign else running == 1


def test_the_watch_notices_a_changed_case(watched):
    cases = '<div class="case"><p>a</p></div><div class="case"><p>a<b>b</b></p></div>'
    assert watched(f"<!doctype html><body>{cases}</body>")[1] == [2, 1, 0]


def test_without_the_policy_an_attack_opens_a_dialog(browser):
    """So the payloads are live, and what stops them above is the escaping."""
    page, dialogs = browser.new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    page.set_content("<svg onload=alert(1)>")
    page.wait_for_timeout(100)
    page.close()
    assert dialogs == ["alert"]
