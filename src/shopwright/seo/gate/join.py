"""What only all pages together show: links, languages, titles, pages nobody leads to."""

from collections.abc import Iterator

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.notes import Notes, mark
from shopwright.seo.gate.page import Inspection, PageGate
from shopwright.seo.gate.rules.rule import Finding


class Join:
    """Looks at the pages of a site one by one; what it holds of each is a few hashes."""

    def __init__(self, site: BuiltSite) -> None:
        self._site = site
        self._again = PageGate(site.origin)
        self._titles: dict[bytes, str] = {}
        self._abouts: dict[bytes, str] = {}
        self._versions: dict[bytes, bytes] = {}
        self._linked: set[bytes] = set()
        self._described: set[bytes] = set()

    def findings(self) -> Iterator[Finding]:
        """Every finding: of each page by itself, then of the pages together."""
        for address, notes in self._site.notes():
            yield from (Finding(address, rule, what, line) for rule, what, line in notes.findings)
            targets = notes.targets
            yield from self._targets(address, targets)
            yield from self._places(address, notes)
            yield from self._texts(address, notes)
            self._keep(address, notes, targets)
        for address, notes in self._site.notes():
            yield from self._languages(address, notes)
            yield from self._alone(address, notes)
            yield from (
                Finding(address, "dead-node", name) for name in notes.named if mark(name) not in self._described
            )

    def _targets(self, address: str, targets: frozenset[bytes]) -> Iterator[Finding]:
        if targets <= self._site.known:
            return
        for path in sorted(self._seen(address).targets):
            if mark(path) not in self._site.known:
                moved = self._site.moved.get(path)
                rule, said = ("link-moved", f"{path} is now {moved}") if moved else ("dead-link", path)
                yield Finding(address, rule, said, self._line(address, path))

    def _places(self, address: str, notes: Notes) -> Iterator[Finding]:
        for path, fragment in notes.places:
            if path in self._site.files and fragment not in self._seen(path).ids:
                yield Finding(address, "dead-fragment", f"{path}#{fragment}", self._line(address, f"#{fragment}"))

    def _texts(self, address: str, notes: Notes) -> Iterator[Finding]:
        if not notes.indexed:
            return
        for rule, text, known in (
            ("same-title", notes.title, self._titles),
            ("same-description", notes.about, self._abouts),
        ):
            first = known.setdefault(mark(f"{notes.lang}\n{text}"), address) if text else address
            if first != address:
                shown = f"{text!r} is also that of {first}" if rule == "same-title" else f"also that of {first}"
                yield Finding(address, rule, shown)

    def _keep(self, address: str, notes: Notes, targets: frozenset[bytes]) -> None:
        self._versions[mark(self._site.origin + address)] = _version(notes)
        self._linked |= targets - {mark(address)}
        self._described.update(map(mark, notes.described))

    def _languages(self, address: str, notes: Notes) -> Iterator[Finding]:
        """Every version of a page lists the same versions: then each leads back."""
        for other in dict(notes.alternates[::-1]).values() if notes.alternates else ():
            theirs = self._versions.get(mark(decoded(other)))
            if theirs is None:
                yield Finding(address, "alternate-not-mutual", f"{other} is no page of the site")
            elif theirs != _version(notes):
                yield Finding(address, "alternate-not-mutual", f"{other} has other hreflang links")

    def _alone(self, address: str, notes: Notes) -> Iterator[Finding]:
        home = self._site.own("")
        if notes.indexed and address != home and mark(address) not in self._linked:
            yield Finding(address, "orphan-page", "no page of the site links it")

    def _seen(self, address: str) -> Inspection:
        html = self._site.text(self._site.files.get(address, "")) or ""
        return self._again.inspect(html, address)

    def _line(self, address: str, part: str) -> int:
        html = self._site.text(self._site.files.get(address, "")) or ""
        return next((number for number, line in enumerate(html.split("\n"), start=1) if part in line), 0)


def _version(notes: Notes) -> bytes:
    return mark("\n".join(sorted(f"{code} {url}" for code, url in notes.alternates)))
