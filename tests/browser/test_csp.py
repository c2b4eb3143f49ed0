"""Every page of a store under its Content-Security-Policy, header and meta: Chromium finds nothing to refuse."""

import json
import shutil

import pytest
from tests.browser.conftest import served
from tests.browser.example_stores import build_small_shop, theme_names

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) =>
  window.violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile ?? ""}`));
"""
CHECKOUT = {"url": "https://checkout.example.com/buy?shop=1", "method": "post"}
WRONG = (
    '<p style="color:red">x</p><script>window.ran = true</script><img src="https://elsewhere.example/x.png" alt="">'
    '<button onclick="window.ran = true">y</button>'
)


@pytest.fixture(scope="module", params=theme_names())
def store(request, build_once):
    """A small store in two directions of writing."""
    theme = request.param
    return build_once(f"csp-{theme}", lambda out: build_small_shop(out, theme, CHECKOUT, locales=("en", "ar")))


@pytest.fixture(scope="module")
def origin(store):
    """Where it is served until every page that looks at it is closed."""
    with served(store) as origin:
        yield origin


def visit(page, address):
    """What was refused on a page, its scripts having run."""
    answer = page.goto(address, wait_until="load")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    return page.evaluate("window.violations")


def addresses(site):
    """Every page of a site."""
    published = (path for path in site.rglob("*.html") if ".shopwright" not in path.parts)
    files = sorted(path.relative_to(site).as_posix() for path in published)
    return [f"/{file.removesuffix('index.html')}" for file in files]


def test_no_page_of_a_store_needs_what_its_policy_refuses(store, origin, enter):
    page = enter(origin)
    page.add_init_script(WATCH)
    pages = addresses(store)
    assert len(pages) > 30
    assert {"/ar/", "/cart/", "/ar/products/barley/", "/404.html"} <= set(pages)
    assert {address: found for address in pages if (found := visit(page, address))} == {}


def test_what_a_page_must_not_do_is_refused_and_seen(store, enter, tmp_path):
    """The negative control: the same watch sees inline code, style and a foreign picture, and none of it works."""
    site = shutil.copytree(store, tmp_path / "site")
    home = site / "index.html"
    home.write_text(home.read_text("utf-8").replace("</main>", f"{WRONG}</main>"), "utf-8")
    with served(site) as origin:
        page = enter(origin)
        page.add_init_script(WATCH)
        found = visit(page, "/")
        page.locator("button[onclick]").click()
        assert page.evaluate("window.ran") is None
        seen = {violation.split(" ")[0] for violation in [*found, *page.evaluate("window.violations")]}
        assert {"style-src-attr", "script-src-elem", "img-src", "script-src-attr"} <= seen
        assert page.watch.problems != []
        page.close()
        page.watch.problems.clear()


def test_text_cannot_be_made_code_by_a_script(origin, enter):
    page = enter(origin)
    page.add_init_script(WATCH)
    visit(page, "/")
    made = page.evaluate("""() => {
      try { document.body.innerHTML = "<b>x</b>"; return "made" } catch (error) { return error.name }
    }""")
    assert made == "TypeError"
    page.watch.problems.clear()


def test_a_products_page_is_fetched_ahead_when_a_pointer_rests_on_its_link(origin, enter):
    page = enter(origin)
    session = page.context.new_cdp_session(page)
    rules, statuses = [], []
    session.on("Preload.ruleSetUpdated", lambda event: rules.append(event["ruleSet"]))
    session.on("Preload.prefetchStatusUpdated", lambda event: statuses.append(event))  # noqa: PLW0108 - no builtins here
    session.send("Preload.enable")
    page.goto("/")
    page.locator("a[href^='/products/']").first.hover()
    for _ in range(200):  # a busy machine is slow to begin what can wait
        if any(status["status"] in {"Ready", "Success"} for status in statuses):
            break
        page.wait_for_timeout(100)
    assert [rule.get("errorType") for rule in rules] == [None] * len(rules) != []
    assert json.loads(rules[0]["sourceText"])["prefetch"][0]["eagerness"] == "moderate"
    assert {status["prefetchUrl"] for status in statuses if status["status"] in {"Ready", "Success"}}
