"""Rules on what a page tells search engines and social networks, and on how it loads."""

from shopwright.seo.gate.rules.rule import Rule

_GOOGLE = "Google Search Central, "

SEARCH = (
    Rule("title-length", "warning", "titles of at most 120 characters", "give the product an SEO title", _GOOGLE + "Title links"),
    Rule("no-description", "warning", "a description on every page that may be indexed", "give one, or texts it can be made from", _GOOGLE + "Snippets"),
    Rule("description-length", "warning", "descriptions of at most 320 characters", "shorten it", _GOOGLE + "Snippets"),
    Rule("same-title", "warning", "a title of its own for every page", "give products names that tell them apart, or SEO titles", _GOOGLE + "Title links"),
    Rule("same-description", "warning", "a description of its own for every page", "give products descriptions that tell them apart", _GOOGLE + "Snippets"),
    Rule("canonical", "error", "one absolute canonical address on every page that may be indexed: its own", "let the theme call `head()`", "RFC 6596"),
    Rule("bad-hreflang", "error", "language codes that exist in hreflang", "use ISO 639-1 and ISO 3166-1 codes: `en-GB`", _GOOGLE + "Localized versions"),
    Rule("alternate-self", "error", "hreflang links that name the page itself, its language, and x-default", "let the theme call `head()`", _GOOGLE + "Localized versions"),
    Rule("alternate-not-mutual", "error", "the same hreflang links on every version of a page", "let the theme call `head()`", _GOOGLE + "Localized versions"),
    Rule("open-graph", "error", "og:title, og:type, og:url and og:image, with values that fit the page", "let the theme call `head()`", "The Open Graph protocol"),
    Rule("share-picture", "error", "a share picture that is there, in the size that is said", "build again; it was changed by hand", "The Open Graph protocol, structured properties"),
    Rule("no-size", "error", "`width` and `height` on every picture, so that nothing moves when it arrives", "use `picture()`", "web.dev, Optimize Cumulative Layout Shift"),
    Rule("loading", "error", "at most one picture of high priority, which is not lazy", "use `picture()`, eager for the first only", "web.dev, Optimize Largest Contentful Paint"),
    Rule("bad-json-ld", "error", "structured data that can be read", "do not write JSON-LD by hand", "JSON-LD 1.1"),
    Rule("unknown-type", "error", "types of schema.org", "use a type of the vocabulary", "schema.org 30.0"),
    Rule("unknown-property", "error", "properties of schema.org, on types that have them", "use a property of the type", "schema.org 30.0"),
    Rule("bad-value", "error", "values in the form their property asks for: dates, prices, currencies, addresses, members of an enumeration", "correct it in the catalogue", "schema.org 30.0; ISO 4217; ISO 8601"),
    Rule("bad-gtin", "error", "GTINs whose check digit is right", "correct it in the catalogue", "GS1 General Specifications, 7.9"),
    Rule("missing-property", "error", "what Google requires of a product, an offer, a review, a breadcrumb", "complete it in the catalogue or store.yaml", _GOOGLE + "Structured data"),
    Rule("recommended-property", "advice", "what Google recommends of a product and an offer", "complete it in the catalogue or store.yaml", _GOOGLE + "Structured data"),
    Rule("dead-node", "error", "a thing for every `@id` that is named", "describe it on the same page", "JSON-LD 1.1, 3.3 Node identifiers"),
    Rule("price-mismatch", "error", "one price: on the page, in JSON-LD, Open Graph, the cart's data and the merchant feed", "build again; it was changed by hand", "Google Merchant Center, Price"),
    Rule("currency-mismatch", "error", "one currency: on the page, in JSON-LD, Open Graph, the cart's data and the merchant feed", "build again; it was changed by hand", "Google Merchant Center, Price"),
    Rule("availability-mismatch", "error", "one availability: in JSON-LD, Open Graph, the cart's data and the merchant feed", "build again; it was changed by hand", "Google Merchant Center, Availability"),
    Rule("sku-mismatch", "error", "the same variants in JSON-LD, the cart's data and the merchant feed", "build again; it was changed by hand", "Google Merchant Center, ID"),
)  # fmt: skip
