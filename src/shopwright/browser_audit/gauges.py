"""A browser audit as a piece of HTML: scores as gauges, vitals as a table, findings by tool and rule.

It brings its own styles, asks for nothing, and can stand in any page; ``whole_page`` makes a page of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from math import pi
from typing import Any

Json = Mapping[str, Any]

CATEGORIES = (
    ("performance", "Performance"),
    ("accessibility", "Accessibility"),
    ("best_practices", "Best practices"),
    ("seo", "SEO"),
)
SHOWN = 8
"""Places named for one rule; the JSON names all."""

_RADIUS = 15.9155
_ROUND = 2 * pi * _RADIUS  # 100: a score is the length of its arc

STYLE = """<style>
.browser-audit { --good: light-dark(#1a7f37, #4ac26b); --fair: light-dark(#9a6700, #d4a72c);
  --poor: light-dark(#cf222e, #ff8182); --line: light-dark(#d8dee4, #3d444d); }
.browser-audit table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.browser-audit th, .browser-audit td { text-align: start; padding: .4rem .8rem .4rem 0;
  border-block-end: 1px solid var(--line); }
.browser-audit .scroll { overflow-x: auto; }
.browser-audit .good { color: var(--good); } .browser-audit .fair { color: var(--fair); }
.browser-audit .poor { color: var(--poor); }
.browser-audit .gauge { width: 3.25rem; height: 3.25rem; display: block; }
.browser-audit .gauge circle { fill: none; stroke-width: 3; stroke: var(--line); }
.browser-audit .gauge .arc { stroke: currentColor; stroke-linecap: round; }
.browser-audit .gauge text { font: 600 10px system-ui, sans-serif; fill: currentColor; text-anchor: middle; }
.browser-audit summary { cursor: pointer; padding-block: .4rem; } .browser-audit code { overflow-wrap: anywhere; }
</style>"""


def gauge(value: int, name: str) -> str:
    """A score from 0 to 100 as a ring; the colours are Lighthouse's: 90 and more is good, under 50 poor."""
    level = "good" if value >= 90 else "fair" if value >= 50 else "poor"
    return (
        f'<svg class="gauge {level}" viewBox="0 0 36 36" role="img" aria-label="{escape(name)}: {value} of 100">'
        f'<circle cx="18" cy="18" r="{_RADIUS}"/>'
        f'<circle class="arc" cx="18" cy="18" r="{_RADIUS}" transform="rotate(-90 18 18)" '
        f'stroke-dasharray="{value * _ROUND / 100:.1f} {_ROUND:.1f}"/><text x="18" y="21.5">{value}</text></svg>'
    )


def section(report: Json) -> str:
    """The piece for one report (the object of ``browser-audit.json``)."""
    looked = ", ".join(f"{number:,} {_LOOKED[tool]}" for tool, number in report["looked"].items())
    tools = ", ".join(f"{name} {version}" for name, version in report["tools"].items())
    busy = '<p class="poor">The machine was busy: measure performance again.</p>' if report["machine"]["busy"] else ""
    return (
        f'{STYLE}<section class="browser-audit" aria-labelledby="browser-audit">'
        '<h2 id="browser-audit">In the browser</h2>'
        f"<p>{report['errors']:,} errors, {report['warnings']:,} warnings on {len(report['pages']):,} pages: "
        f"{escape(looked)}.</p>{busy}{_scores(report['scores'])}{_vitals(report['vitals'])}"
        f"{_findings(report['findings'])}<p><small>{escape(report['date'])}. {escape(tools)}.</small></p></section>"
    )


_LOOKED = {
    "markup": "pages checked for valid HTML",
    "axe": "states checked with axe",
    "keyboard": "stops of the Tab key",
    "layout": "layouts",
    "vitals": "visits timed",
    "policy": "policies",
    "lighthouse": "runs of Lighthouse",
}


def whole_page(report: Json) -> str:
    """A page of its own."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Browser audit</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><style>body { font: 1rem/1.5 system-ui, sans-serif; '
        f"max-width: 64rem; margin: 2rem auto; padding-inline: 1rem; }}</style></head>"
        f"<body><main><h1>Browser audit</h1>{section(report)}</main></body></html>\n"
    )


def _scores(scores: Iterable[Json]) -> str:
    rows = [
        f'<tr><th scope="row">{_page(score)}<br><small>{escape(score["form"])}, {_runs(score["runs"])}</small></th>'
        + "".join(f"<td>{gauge(_value(score[key]), name)}</td>" for key, name in CATEGORIES)
        + f"<td>{score['metrics'].get('largest_contentful_paint', 0) / 1000:.2f} s</td></tr>"
        for score in scores
    ]
    heads = [*(name for _, name in CATEGORIES), "Largest paint"]
    return _table("Lighthouse", ["Page", *heads], rows)


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number} runs"


def _value(score: int | Mapping[str, int]) -> int:
    return score["median"] if isinstance(score, Mapping) else score


def _vitals(vitals: Iterable[Json]) -> str:
    rows = [
        f'<tr><th scope="row">{_page(row)}</th><td>{row["largest_paint"]} ms</td><td>{row["layout_shift"]}</td>'
        f"<td>{row['interaction']} ms</td><td>{'yes' if row['restored'] else 'no'}</td>"
        f"<td>{escape(str(row['prefetch']))}</td></tr>"
        for row in vitals
    ]
    heads = ["Page", "Largest paint", "Layout shift", "Interaction", "Restored on going back", "Prefetch"]
    return _table("A visit, not slowed down", heads, rows)


def _table(title: str, heads: Iterable[str], rows: list[str]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(rows)
    return (
        f'<h3>{escape(title)}</h3><div class="scroll" role="region" aria-label="{escape(title)}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _page(row: Json) -> str:
    return f"{escape(row['kind'].replace('_', ' '))} <code>{escape(row['address'])}</code>"


def _findings(findings: Iterable[Json]) -> str:
    rules: dict[tuple[str, str, str], list[Json]] = defaultdict(list)
    for finding in findings:
        rules[finding["severity"], finding["tool"], finding["rule"]].append(finding)
    return "".join(_rule(*named, found) for named, found in sorted(rules.items()))


def _rule(severity: str, tool: str, rule: str, found: list[Json]) -> str:
    level = "poor" if severity == "error" else "fair"
    places = "".join(
        f"<li>{_page(one)} {escape(one['locale'])} {escape(one['state'])}<br>"
        f"<code>{escape(one['found'][:400])}</code></li>"
        for one in found[:SHOWN]
    )
    more = f"<li>and {len(found) - SHOWN:,} more</li>" if len(found) > SHOWN else ""
    return (
        f'<details><summary><span class="{level}">{severity}</span> {escape(tool)}: {escape(rule)} '
        f"({len(found):,})</summary><ul>{places}{more}</ul></details>"
    )
