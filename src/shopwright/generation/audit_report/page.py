"""The report of an audit: score cards, bars by topic, and every broken rule with its why, its remedy and its places."""

from collections.abc import Iterator, Mapping
from html import escape

from shopwright.generation.audit_report.look import SCRIPT, STYLE
from shopwright.generation.audit_report.places import excerpts
from shopwright.generation.policy import source_hash
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.rules.every import GROUPS, RULES
from shopwright.seo.gate.rules.rule import Finding, Rule
from shopwright.seo.gate.verdict import Verdict

SHOWN = 25
"""Findings of one rule that the page shows; the JSON beside it has more."""

_SEVERITIES = {"error": "Errors", "warning": "Warnings", "advice": "Advice"}


def report_page(verdict: Verdict, site: BuiltSite, name: str, further: str = "") -> str:
    """The whole page. ``name`` is the store's; excerpts are read from the site's files.

    ``further`` is a piece of HTML with styles of its own: what else was looked at.
    """
    passed = "good" if verdict.passed else "error"
    said = "may be published" if verdict.passed else "must not be published"
    seen = f'Every page of the site was read. The site <strong class="{passed}">{said}</strong>.'
    parts = [
        _head(name, source_hash(STYLE) if not further else "'unsafe-inline'"),
        '<body><a class="skip" href="#main">Skip to the findings</a>',
        f'<header><h1>Audit of {escape(name)}</h1><p class="lead">{seen}</p>{_cards(verdict)}</header>',
        f'<main id="main"><h2>Rules by topic</h2>{_topics(verdict)}',
        f"<h2>What was found</h2>{_filter()}{''.join(_broken(verdict, site)) or _NOTHING}",
        f"{_waived(verdict)}{further}<h2>Rules that every page keeps</h2>{_kept(verdict)}</main>",
        f"<footer><p>shopwright audit, {len(RULES)} rules</p></footer><script>{SCRIPT}</script></body></html>",
    ]
    return "\n".join(parts)


_NOTHING = '<p class="good">Nothing: every rule is kept on every page.</p>'


def _head(name: str, styles: str) -> str:
    code = f"style-src {styles}; script-src {source_hash(SCRIPT)}"
    policy = f"default-src 'none'; {code}; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        f"<title>Audit of {escape(name)}</title><style>{STYLE}</style></head>"
    )


def _cards(verdict: Verdict) -> str:
    broken = {rule for rule in (verdict.counts | verdict.waived) if RULES[rule].severity != "advice"}
    cards = [
        ("", f"{verdict.pages:,}", "pages"),
        *(
            (each if verdict.total(each) else "good", f"{verdict.total(each):,}", _SEVERITIES[each].lower())
            for each in _SEVERITIES
        ),
        ("", f"{sum(verdict.waived.values()):,}", "waived"),
        ("", f"{len(RULES) - len(broken)} of {len(RULES)}", "rules kept"),
    ]
    shown = "".join(f'<li><strong class="{kind}">{figure}</strong>{words}</li>' for kind, figure, words in cards)
    return f'<ul class="cards">{shown}</ul>'


def _topics(verdict: Verdict) -> str:
    rows = "".join(_topic(name, rules, verdict) for name, rules in GROUPS.items())
    head = '<tr><th scope="col">Topic</th><th scope="col">Kept</th><th scope="col">Share</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _topic(name: str, rules: tuple[Rule, ...], verdict: Verdict) -> str:
    errors = sum(rule.severity == "error" and verdict.counts[rule.id] > 0 for rule in rules)
    warned = sum(rule.severity == "warning" and verdict.counts[rule.id] > 0 for rule in rules)
    warned += sum(verdict.waived[rule.id] > 0 and not verdict.counts[rule.id] for rule in rules)
    kept = len(rules) - errors - warned
    bar = "".join(_bars((("kept", kept), ("some", warned), ("broken", errors)), len(rules)))
    said = f"{kept} of {len(rules)}"
    picture = (
        f'<svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="{said} rules kept">{bar}</svg>'
    )
    return f'<tr><th scope="row">{name}</th><td class="number">{said}</td><td>{picture}</td></tr>'


def _bars(parts: tuple[tuple[str, int], ...], total: int) -> Iterator[str]:
    start = 0.0
    for kind, count in parts:
        width = 100 * count / total
        if count:
            yield f'<rect class="{kind}" x="{start:.2f}" width="{width:.2f}" height="4"/>'
        start += width


def _filter() -> str:
    options = "".join(f'<option value="{value}">{words}</option>' for value, words in _SEVERITIES.items())
    return (
        '<form id="filter" hidden><label>Severity <select name="severity"><option value="">All</option>'
        f'{options}</select></label><label>Words <input type="search" name="words" autocomplete="off"></label>'
        '<p id="shown" role="status"></p></form>'
    )


def _broken(verdict: Verdict, site: BuiltSite) -> Iterator[str]:
    for severity in _SEVERITIES:
        for rule, count in verdict.of(severity):
            yield _rule(RULES[rule], count, verdict.kept[rule], site)


def _rule(rule: Rule, count: int, findings: list[Finding], site: BuiltSite) -> str:
    shown = sorted(findings)[:SHOWN]
    quoted = excerpts(shown, site)
    rows = "".join(_row(finding, quoted) for finding in shown)
    more = f"<p>{count - len(shown):,} more; audit.json names them.</p>" if count > len(shown) else ""
    head = '<tr><th scope="col">Page</th><th scope="col">Line</th><th scope="col">Found</th></tr>'
    facts = {"Asks for": rule.what, "Why": rule.stands_for, "What to do": rule.remedy}
    told = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts.items())
    severity, opened = rule.severity, " open" if rule.severity == "error" else ""
    return (
        f'<details data-severity="{severity}"{opened}><summary><span class="{severity}">{severity}</span>'
        f"<code>{rule.id}</code><span>{count:,}</span><span>{escape(rule.what)}</span></summary>"
        f"<dl>{told}</dl><table><thead>{head}</thead><tbody>{rows}</tbody></table>{more}</details>"
    )


def _row(finding: Finding, quoted: Mapping[Finding, str]) -> str:
    quote = f"<pre>{escape(quoted[finding])}</pre>" if quoted.get(finding) else ""
    line = str(finding.line) if finding.line else ""
    return (
        f'<tr><td><code>{escape(finding.page)}</code></td><td class="number">{line}</td>'
        f"<td>{escape(finding.what)}{quote}</td></tr>"
    )


def _waived(verdict: Verdict) -> str:
    if not verdict.waived:
        return ""
    rows = "".join(
        f"<tr><td><code>{escape(waiver.rule)}</code></td><td><code>{escape(waiver.pages)}</code></td>"
        f'<td class="number">{count:,}</td><td>{waiver.until}</td><td>{escape(waiver.reason)}</td></tr>'
        for waiver, count in verdict.accepted
    )
    names = ("Rule", "Pages", "Findings", "Until", "Reason")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<h2>Waived</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _kept(verdict: Verdict) -> str:
    kept = "".join(
        f"<li><code>{rule.id}</code> {escape(rule.what)} ({escape(rule.stands_for)})</li>"
        for rule in RULES.values()
        if not verdict.counts[rule.id] and not verdict.waived[rule.id]
    )
    return f"<details><summary><span>Show them</span></summary><ul>{kept}</ul></details>"
