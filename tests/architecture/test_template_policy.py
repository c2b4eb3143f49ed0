"""The reference of the template policy says what the code allows."""

import re
from pathlib import Path

from jinja2 import nodes

from shopwright.template_engine.metering import filters, meter, tree, values
from shopwright.template_engine.policy import allowed, limits

TEXT = (Path(__file__).parents[2] / "docs/reference/template-policy.md").read_text("utf-8")


def section(title):
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def named(text):
    return set(re.findall(r"`([^`]+)`", text))


def rows(text):
    """Rows of tables: the first cell and the last."""
    cells = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return {row[0].strip(): row[-1].strip() for row in cells}


def test_the_version_is_told():
    assert f"Version of the policy: {allowed.POLICY_VERSION}." in TEXT


def test_every_tag_is_told():
    told = named(section("Tags").strip().splitlines()[0])
    assert told - {"raw"} == {tag for tag in allowed.TAGS if not tag.startswith("end")}
    assert named(section("Tags")) >= allowed.LOOP_NAMES


def test_every_filter_is_told_with_its_arguments():
    told = {}
    for line in section("Filters").splitlines():
        if line.startswith("| `"):
            names, positional, by_name = (cell.strip() for cell in line.strip("|").split("|"))
            for name in named(names):
                told[name] = (int(re.match(r"\d*", positional)[0] or 0), named(by_name))
    assert told == {name: (rule.positional, set(rule.named)) for name, rule in allowed.FILTERS.items()}
    assert named(section("Filters").split("Markup that")[1].split(")")[0]) >= filters.CHANGING


def test_every_test_is_told():
    assert named(section("Tests")) == allowed.TESTS


def test_every_operator_is_told():
    told = named(section("Operators"))
    assert told >= {"+", "-", "*", "/", "//", "%", "~", "and", "or", "not", "in", "not in", "=="}
    assert nodes.Pow not in allowed.NODES
    assert named(section("Names and calls")) | {"caller", "super", "range"} >= allowed.RESERVED


def test_every_size_is_told():
    template, theme = section("Sizes").split("\n\n| of a theme")
    sizes = [limits.CHARACTERS, limits.LINES, limits.TAGS, limits.TOKENS, limits.TAG_TOKENS, limits.BRACKETS]
    sizes += [limits.NESTING, limits.LOOPS, limits.BRANCHES, limits.EXPRESSION_DEPTH, limits.DIGITS]
    sizes += [limits.RUN, limits.BACKSLASHES]
    assert list(rows(template).values())[2:] == [f"{size:,}" for size in sizes]
    whole = [limits.THEME_CHARACTERS, limits.THEME_TAGS, limits.THEME_TOKENS, limits.TEMPLATE_DEPTH, limits.UNROLLED]
    assert list(rows(theme).values())[1:] == [f"{size:,}" for size in whole]


def test_every_bound_of_values_is_told():
    bounds = [values.TEXT, values.NODES, "below 2⁶³", meter.DEEPEST_CALL, filters.WORDS_TEXT]
    bounds += [filters.ARGUMENT_TEXT, filters.MOST_PARTS, filters.PRECISION]
    told = list(rows(section("Values")).values())[2:]
    assert told == [bound if isinstance(bound, str) else f"{bound:,}" for bound in bounds]
    assert values.LARGEST == 2**63


def test_the_prices_are_told():
    prices = section("Fuel")
    assert f"A page has {meter.DEFAULT_FUEL:,} units" in prices
    assert f"{2**meter.TEXT_SHIFT} characters of the template's own text" in prices
    assert f"| {tree.OPENING}, and 1 for each {2**meter.NAMES_SHIFT} names" in prices
