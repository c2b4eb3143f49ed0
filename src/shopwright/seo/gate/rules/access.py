"""Rules that keep a page usable for everybody. ``SC`` is a success criterion of WCAG 2.2."""

from shopwright.seo.gate.rules.rule import Rule

_WCAG = "WCAG 2.2, SC "

ACCESS = (
    Rule("viewport", "error", "a viewport as wide as the device", "let the layout declare it", "CSS Viewport Module Level 1"),
    Rule("zoom-blocked", "error", "no limit to zooming", "take user-scalable and maximum-scale out", _WCAG + "1.4.4"),
    Rule("no-lang", "error", "`<html lang>`", 'write `lang="{{ site.locale }}"` in the layout', _WCAG + "3.1.1"),
    Rule("bad-lang", "error", "language tags that exist: `en-GB`, never `en-UK`", "use a tag of BCP 47", _WCAG + "3.1.1, 3.1.2; BCP 47"),
    Rule("wrong-dir", "error", "the direction of the page's language", 'write `dir="{{ site.dir }}"` in the layout', "HTML Standard, 3.2.6.4; WCAG 2.2, SC 1.3.2"),
    Rule("no-title", "error", "a `<title>` with text", "let the theme call `head()`", _WCAG + "2.4.2"),
    Rule("h1-count", "error", "one `<h1>`", "print `page.title` once, as `<h1>`", _WCAG + "1.3.1"),
    Rule("heading-skip", "warning", "no level left out below the one above", "use the next level", _WCAG + "1.3.1"),
    Rule("empty-heading", "warning", "words in every heading", "take it out, or give it words", _WCAG + "1.3.1, 2.4.6"),
    Rule("no-main", "error", "one `<main>`", "give the layout one", _WCAG + "1.3.1, 2.4.1"),
    Rule("no-landmark", "warning", "a header, a navigation and a footer", "use `<header>`, `<nav>` and `<footer>`", _WCAG + "1.3.1"),
    Rule("landmark-name", "warning", "names that tell several navigations apart", "give each `aria-label` or `aria-labelledby`", _WCAG + "1.3.1; WAI-ARIA 1.2, 5.3.4"),
    Rule("no-skip-link", "warning", "a first link that leads to the main content", "begin the body with one", _WCAG + "2.4.1"),
    Rule("no-label", "error", "a label for every field", "`<label for>`, a label around it, or `aria-label`", _WCAG + "1.3.1, 3.3.2, 4.1.2"),
    Rule("empty-link", "error", "words in every link, button and summary", "text, `aria-label`, or a picture with `alt`", _WCAG + "2.4.4, 4.1.2"),
    Rule("frame-title", "error", "a title for every iframe", "write `title`", _WCAG + "4.1.2"),
    Rule("bad-role", "error", "roles that exist", "use a role of WAI-ARIA, or the right element", _WCAG + "4.1.2; WAI-ARIA 1.2, 5.4"),
    Rule("bad-aria", "error", "aria- attributes and values that exist", "use those of WAI-ARIA", _WCAG + "4.1.2; WAI-ARIA 1.2, 6"),
    Rule("dead-reference", "error", "an element for every id that an attribute names", "give the target that `id`", _WCAG + "1.3.1, 4.1.2"),
    Rule("tabindex", "error", "no positive tabindex", "put elements into the order they are used in", _WCAG + "2.4.3"),
    Rule("hidden-focusable", "error", "nothing that takes focus inside aria-hidden", "take it out, or use `inert` or `hidden`", _WCAG + "4.1.2; WAI-ARIA 1.2, aria-hidden"),
    Rule("double-accesskey", "warning", "an access key once per page", "drop one", _WCAG + "2.1.4"),
    Rule("autocomplete", "error", "autocomplete tokens that exist", "use those of the HTML Standard", _WCAG + "1.3.5"),
    Rule("no-alt", "error", "`alt` on every picture, empty for decoration", "use `picture()`", _WCAG + "1.1.1"),
    Rule("alt-file-name", "warning", "alternative texts that are no file names", "say what the picture shows", _WCAG + "1.1.1"),
    Rule("alt-repeats", "warning", "alternative texts that do not repeat the words beside them", "leave `alt` empty there", _WCAG + "1.1.1 (technique H2)"),
    Rule("table-header", "warning", "header cells in every table", "use `<th>`", _WCAG + "1.3.1 (technique H51)"),
    Rule("contrast", "error", "readable colours in light and in dark: text 4.5 : 1, edges of fields 3 : 1", "change `brand.accent` or the theme's colours", _WCAG + "1.4.3, 1.4.11"),
)  # fmt: skip
