"""Rules on all files of a site together."""

from shopwright.seo.gate.rules.rule import Rule

SITE = (
    Rule(
        "dead-link",
        "error",
        "links and files within the site that are there",
        "use the addresses the theme API gives",
        "RFC 9110, 15.5.5",
    ),
    Rule(
        "dead-fragment",
        "error",
        "`#…` links to an `id` the page has",
        "give the target that `id`",
        "HTML Standard, 7.4.6.4 Scrolling to a fragment",
    ),
    Rule(
        "link-moved",
        "warning",
        "links to where a page is now, not to where it was",
        "link the new address",
        "Google Search Central, Redirects",
    ),
    Rule(
        "orphan-page",
        "warning",
        "a link to every page that may be indexed",
        "put the product into a collection",
        "Google Search Central, Crawlable links",
    ),
    Rule(
        "sitemap",
        "error",
        "sitemaps that list exactly the pages that may be indexed, with their versions, pictures and days",
        "build again; it was changed by hand",
        "sitemaps.org protocol 0.9",
    ),
    Rule(
        "robots",
        "error",
        "a robots.txt that names the sitemap and keeps nobody from pages, styles, scripts and pictures",
        "build again; it was changed by hand",
        "RFC 9309",
    ),
    Rule(
        "manifest",
        "error",
        "a web app manifest with name, start address and icons that are there",
        "build again; it was changed by hand",
        "Web Application Manifest (W3C)",
    ),
    Rule(
        "asset-changed",
        "error",
        "in files whose name carries a hash, the content it is of: browsers keep them for a year",
        "build again; it was changed by hand",
        "RFC 8246",
        security=True,
    ),
    Rule(
        "feed",
        "error",
        "feeds that can be read, with every attribute that is required, one currency, and pictures that are there",
        "complete the products in the catalogue",
        "Google Merchant Center, Product data specification; RSS 2.0",
    ),
    Rule(
        "redirect",
        "error",
        "redirects that lead to a page in one step, each address once",
        "build again; it was changed by hand",
        "Google Search Central, Redirects",
    ),
    Rule(
        "headers",
        "error",
        "the response headers that protect a page, for all files, once and effective; none that hides or freezes pages",
        "build again; it was changed by hand",
        "OWASP Secure Headers Project",
        security=True,
    ),
    Rule(
        "bad-waiver",
        "error",
        "waivers of rules that exist and may be waived, until a day that is not past",
        "take it out, or renew it with its reason",
        "house rule",
    ),
    Rule(
        "unused-waiver",
        "warning",
        "waivers of what is found",
        "take it out",
        "house rule",
    ),
)
