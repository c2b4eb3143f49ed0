"""Single faults that an attacker planted, and what each is called: rows for ``test_gate_mutations.py``."""

from typing import NamedTuple

LUNA = "products/luna/index.html"
SOL = "products/sol/index.html"
GERMAN = "de/products/luna/index.html"
FEED = "feeds/google.xml"
SITEMAP = "sitemap-1.xml"
HEADERS = "_headers"
STYLES = "assets/site.*.css"
SEARCH_DATA = "search/products-1.json"
H1 = "<h1>Luna</h1>"
LD = '<script type="application/ld+json">'
POLICY = '<meta http-equiv="Content-Security-Policy"'
ROBOTS = '<meta name="robots" content="max-image-preview:large">'
EVERYWHERE = "  Strict-Transport-Security: max-age=31536000\n"
CHEAP = (
    '{"@context":"https://schema.org","@type":"Product","name":"Luna","image":["https://shop.example/assets/pictures/'
    '7448757aedc840fa-1024.png"],"sku":"LUNA-47","offers":{"@type":"Offer","price":"1.00","priceCurrency":"EUR",'
    '"availability":"https://schema.org/InStock","itemCondition":"https://schema.org/NewCondition"}}</script>'
)


class Fault(NamedTuple):
    """``old`` in a file becomes ``new``: the rule that says so, and a part of what it says.

    ``also`` are rules (by blanks) that are broken as a consequence: other pages or files no longer agree.
    """

    rule: str
    old: str
    new: str
    said: str = ""
    file: str = LUNA
    page: str = ""
    also: str = ""


def after_heading(markup):
    return H1 + markup


OFFERS = [
    Fault("price-mismatch", LD, LD + CHEAP + LD, "'129' in another offer of it there", also="sku-mismatch"),
    Fault("price-mismatch", "</head>", LD + CHEAP + "</head>", "'1' in another offer of it there"),
    Fault("missing-property", '"@type":"Product","name":"Luna Black 47"',
          '"@type":"ProductGroup","name":"Luna Black 47"',
          "hasVariant of ProductGroup"),
    Fault("price-mismatch", 'value="129.00">€129.00', 'value="129.00">€12.90', "'€12.90' is shown for 129.00"),
    Fault("price-mismatch", 'value="129.00">\u200f129.00', 'value="129.00">\u200f12.90', "is shown for 129.00",
          "ar/products/luna/index.html"),
    Fault("price-mismatch", 'value="129.00">129,00', 'value="129.00">19,00', "is shown for 129.00", GERMAN),
    Fault("price-mismatch", 'value="129.00">€129.00', 'value="129.00">€199.00', "is shown for 129.00",
          "collections/round/index.html"),
    Fault("currency-mismatch", 'value="129.00">€129.00', 'value="129.00">$129.00', "'$129.00' is shown for EUR"),
    Fault("currency-mismatch", 'value="129.00">€129.00', 'value="129.00">CHF 129.00', "is shown for EUR"),
    Fault("price-mismatch", '"amount":12900', '"amount":0', "'0' in the cart's data"),
    Fault("availability-mismatch", '"availability":"https://schema.org/InStock",', "", "'' in structured data"),
    Fault("bad-page-data", 'id="product-data">{', 'id="product-data">{,', "#product-data: "),
    Fault("bad-page-data", 'id="product-data">{"handle"', 'id="product-data">[]', "#product-data: "),
    Fault("bad-page-data", '"variants":[', '"variantes":[', "no list of variants"),
    Fault("bad-page-data", 'id="product-data"', 'id="data-of-product"', "no #product-data on a page that sells"),
    Fault("bad-page-data", 'id="site-data">{', 'id="site-data">{,', "#site-data: "),
    Fault("bad-page-data", '"products":[', '"products":[,', "", SEARCH_DATA, SEARCH_DATA),
    Fault("offer-unmarked", ' data-item="LUNA-47"', "", "no data-item"),
    Fault("offer-unmarked", ' data-currency="EUR"', "", "no data-currency"),
    Fault("offer-unmarked", ' data-code="in_stock"', "", "no data-code"),
    Fault("open-graph", '<meta property="product:price:currency" content="EUR">', "", "no product:price:currency"),
    Fault("open-graph", '<meta property="product:retailer_item_id" content="LUNA-47">', "", "no product:retailer_item"),
    Fault("open-graph", '<meta property="product:price:amount" content="129.00">',
          '<meta property="product:price:amount" content="129.00"><meta property="product:price:amount" content="9">',
          "product:price:amount stands 2 times"),
    Fault("open-graph", '"og:locale" content="de"', '"og:locale" content="fr_FR"', "og:locale is fr_FR", GERMAN),
    Fault("open-graph", '<meta name="twitter:card" content="summary_large_image">', "", "no twitter:card"),
    Fault("open-graph", 'content="summary_large_image"', 'content="big"', "twitter:card is 'big'"),
]  # fmt: skip

FEEDS = [
    Fault("bad-gtin", "<g:gtin>4006381333931<", "<g:gtin>4006381333932<", "digit: 'LUNA-47' of https://shop.example/",
          FEED, FEED),
    Fault("feed", "<g:price>4.90 EUR", "<g:price>-4.90 EUR", "the shipping/price of 'LUNA-47' is '-4.90 EUR'", FEED,
          FEED),
    Fault("feed", "<g:condition>new<", "<g:condition>newish<", "the condition of 'LUNA-47'", FEED, FEED),
    Fault("sku-mismatch", "<g:item_group_id>luna<", "<g:item_group_id>sol<", "of the group 'sol'", FEED, FEED),
    Fault("sku-mismatch", "<g:item_group_id>luna</g:item_group_id>", "", "of the group ''", FEED, FEED),
    Fault("sitemap", "</loc><xhtml:link", "</loc><lastmod>23.11.2026</lastmod><xhtml:link", "is '23.11.2026', no day",
          SITEMAP, SITEMAP),
    Fault("sitemap", "</loc><xhtml:link", "</loc><lastmod>2026-02-30</lastmod><xhtml:link", "no day", SITEMAP, SITEMAP),
    Fault("sitemap", '<xhtml:link rel="alternate" hreflang="de" href="https://shop.example/de/"/>', "",
          "https://shop.example/ has not the hreflang links of its page: de", SITEMAP, SITEMAP),
    Fault("sitemap", "<image:loc>https://shop.example/assets/pictures/7",
          "<image:loc>https://shop.example/assets/pictures/8",
          "which is not there", SITEMAP, SITEMAP),
    Fault("dead-link", "url(display.", "url(display-lost.", "/assets/display-lost.", STYLES, also="asset-changed"),
    Fault("dead-link", '"url":"/products/luna/"', '"url":"/products/lost/"', "/products/lost/", SEARCH_DATA,
          SEARCH_DATA),
    Fault("dead-link", 'data-index="/search/products-1.json"', 'data-index="/search/products-9.json"',
          "/search/products-9.json", "search/index.html"),
    Fault("dead-link", '"worker":"/sw.js"', '"worker":"/worker.js"', "/worker.js"),
]  # fmt: skip

CRAWLERS = [
    Fault("robots-meta", ROBOTS, ROBOTS + '<meta name="googlebot" content="noindex">', 'googlebot is told "noindex"'),
    Fault("robots-meta", ROBOTS, '<meta name="robots" content="max-image-preview:large, nofollow">', '"nofollow"'),
    Fault("robots-meta", ROBOTS, ROBOTS + '<meta name="bingbot" content="NONE">', 'bingbot is told "none"'),
    Fault("sitemap", ROBOTS, '<meta name="robots" content="NOINDEX">', "/products/luna/ says noindex", LUNA, SITEMAP),
    Fault("sitemap", ROBOTS, ROBOTS + '<meta name="robots" content="none">', "luna/ says noindex", LUNA, SITEMAP),
    Fault("meta-refresh", ROBOTS, ROBOTS + '<meta http-equiv="Refresh" content="0;url=https://evil.example/">', "evil"),
    Fault("canonical", 'rel="canonical" href="https://shop.example/products/luna/"',
          'rel="canonical" href="https://shop.example/products/luna/?variant=black-47"', "not the page's own address"),
    Fault("no-title", "<title>Luna", "<title>Moon</title><title>Luna", "2 titles"),
]  # fmt: skip

CODE = [
    Fault("csp-missing", POLICY, "<script>try{let s</script>" + POLICY, "after <script>", also="inline-code"),
    Fault("csp-missing", POLICY, '<link rel="stylesheet" href="/cart/">' + POLICY, "after <link"),
    Fault("csp-missing", POLICY, '<img alt="" width="1" height="1" src="/assets/lost.png">' + POLICY, "after <img",
          also="bad-nesting dead-link"),
    Fault("inline-code", '<circle cx="12"', '<a xlink:href="javascript:x()"><desc>x</desc></a><circle cx="12"',
          "a javascript: address on a"),
    Fault("inline-code", '<circle cx="12"', '<set attributeName="href" to="javascript:x()"/><circle cx="12"',
          "a javascript: address on set"),
    Fault("inline-code", H1, '<h1><q cite="vbscript:x">Luna</q></h1>', "a vbscript: address on q"),
    Fault("policy-blocks", '<script src="/assets/site.', '<script src="https://evil.example/site.',
          "script-src does not"),
    Fault("policy-blocks", "<title>", '<base href="https://evil.example/"><title>',
          "base-uri does not allow https://evil"),
    Fault("policy-blocks", 'action="/search/"', 'action="https://evil.example/"',
          "form-action does not allow https://evil"),
    Fault("policy-blocks", H1, after_heading('<img alt="" width="1" height="1" src="https://x.example/p.png">'),
          "img-src"),
    Fault("policy-blocks", "img-src 'self'; ", "", "img-src does not allow 'self'"),
    Fault("policy-blocks", "style-src 'self'; ", "style-src 'none'; ", "style-src does not allow 'self'"),
    Fault("inline-code", "sha256-pNafExynt4BY5braNugAgRecLS0EqjAI41XWQzWGfCM=", "sha256-other",
          "does not allow script"),
    Fault("http-link", '<li><a href="/">Home', '<li><a href="//collections/sale/">Home', "//collections/sale/"),
]  # fmt: skip

PLACES = [
    Fault("h1-count", H1, "<h1 hidden>Luna</h1>", "0"),
    Fault("h1-count", H1, "<div hidden><h1>Luna</h1></div>", "0"),
    Fault("h1-count", H1, '<div aria-hidden="true"><h1>Luna</h1></div>', "0"),
    Fault("no-main", '<main id="main"', '<main hidden id="main"', "0 main elements", also="h1-count"),
    Fault("no-legend", H1, after_heading("<fieldset><label>x <input></label></fieldset>"), ""),
    Fault("bad-srcset", "-768.webp 768w", "-768.webp 320w", "-768.webp 320w on source"),
    Fault("bad-srcset", "-768.webp 768w", "-768.webp", "-768.webp"),
    Fault("bad-srcset", H1,
          after_heading('<img alt="" width="1" height="1" src="/assets/icon-192.82db905094420101.png" '
          'srcset="/assets/icon-192.82db905094420101.png 1x, /assets/icon-192.82db905094420101.png 1x">'),
          "1x stands twice"),
    Fault("no-size", 'width="1024" height="768" alt="A frame" class="ph-110" fetchpriority',
          'width="1024" height="76" alt="A frame" class="ph-110" fetchpriority',
          "is 1024 × 768, the page says 1024 × 76"),
    Fault("dead-link", H1, after_heading('<svg width="1" height="1"><image href="/assets/lost.png"/></svg>'),
          "lost.png"),
]  # fmt: skip

RESPONSES = [
    Fault("headers", EVERYWHERE, EVERYWHERE + "/p/*\n  X-Robots-Tag: googlebot: noindex\n", "hides /p/* from",
          HEADERS, HEADERS),
    Fault("headers", EVERYWHERE, EVERYWHERE + "/p/*\n  Content-Security-Policy: default-src *\n",
          "content-security-policy stands again for /p/*", HEADERS, HEADERS),
    Fault("headers", EVERYWHERE, EVERYWHERE + "  Refresh: 0;url=https://evil.example/\n",
          "refresh is no header of the build",
          HEADERS, HEADERS),
    Fault("headers", EVERYWHERE, EVERYWHERE + "  Cache-Control: max-age=31536000, immutable\n",
          "cache-control lets browsers keep /*", HEADERS, HEADERS),
    Fault("headers", EVERYWHERE, EVERYWHERE + "  X-Frame-Options: ALLOWALL\n", "x-frame-options stands twice",
          HEADERS, HEADERS),
    Fault("headers", "max-age=31536000\n/assets", "max-age=60\n/assets", "half a year", HEADERS, HEADERS),
    Fault("headers", "Policy: same-origin", "Policy: unsafe-none", "cross-origin-opener-policy is 'unsafe-none'",
          HEADERS, HEADERS),
    Fault("headers", "style-src 'self'; ", "", "the policy stops /assets/site.", HEADERS, HEADERS),
]  # fmt: skip

OWN_THINGS = [
    Fault("bad-value", '"priceCurrency":"EUR","availability"', '"review":{"@type":"Review","author":{"@type":"Person",'
          '"name":"A"},"reviewRating":{"@type":"Rating","ratingValue":"47"}},"priceCurrency":"EUR","availability"',
          "ratingValue 47 is not from 1 to 5"),
    Fault("bad-value", '"offers":{"@type":"Offer"', '"aggregateRating":{"@type":"AggregateRating","ratingValue":4,'
          '"reviewCount":0},"offers":{"@type":"Offer"', "reviewCount is 0"),
    Fault("bad-value", '"value":"4.90"', '"value":"-4.90"', "value of MonetaryAmount is -4.90"),
    Fault("bad-value", '"merchantReturnDays":30', '"merchantReturnDays":-30', "merchantReturnDays is -30"),
    Fault("bad-value", '"minValue":2,"maxValue":4', '"minValue":5,"maxValue":4', "minValue 5 is above maxValue 4"),
    Fault("bad-value", "/products/luna/?variant=black-47", "/products/sol/?variant=black-47",
          "Product leads to https://"),
    Fault("bad-value", '"name":"Luna","item":"https://shop.example/products/luna/"',
          '"name":"Luna","item":"https://shop.example/products/sol/"', "BreadcrumbList leads to"),
    Fault("condition-mismatch", 'product:condition" content="new"', 'product:condition" content="used"', "Open Graph"),
    Fault("condition-mismatch", 'data-condition="new"', 'data-condition="used"', "'used' in the page"),
    Fault("condition-mismatch", "<g:condition>new", "<g:condition>used", "'used' in the merchant feed", FEED, FEED),
    Fault("open-graph",
          'property="og:image:type" content="image/', 'property="og:image:type" content="image/gif" data-x="',
          "og:image:type is image/gif"),
    Fault("robots-meta", ROBOTS, ROBOTS + '<meta name="rating" content="adult">', 'rating "adult" hides'),
    Fault("charset",
          '<meta charset="utf-8">', "<!-- " + "x" * 1_100 + ' --><meta charset="utf-8">', "within the first"),
    Fault("loading", '.js" defer></script>', '.js"></script>', "a script in the head that holds up the page"),
    Fault("loading", 'type="font/woff2" crossorigin', 'type="font/woff2"', "for want of crossorigin"),
    Fault("dead-link", '<li><a href="/">Home', '<li><a href="">Home', 'href="" on a'),
    Fault("language-link", '<a href="/de/products/luna/"', '<a href="/de/products/sol/"', "is not the page in de"),
    Fault("no-styles", '<link rel="stylesheet"', '<link rel="style"', ""),
    Fault(
        "bad-page-data",
        '{"handle":"luna","url":"/products/luna/"',
        '{"handle":"sol","url":"/products/sol/"',
        "is of /products/sol/",
    ),
    Fault("dead-reference", 'id="menu" popover', 'id="menu"', "is no popover"),
    Fault("no-skip-link",
          'class="skip" href="#main"', 'class="skip" href="#languages"', "no first link leads to #main"),
    Fault("empty-heading", H1, "<h1>&nbsp;</h1>", "<h1>"),
    Fault("no-main", '<main id="main"', '<main inert id="main"', "0 main elements", also="h1-count"),
    Fault("html-syntax", "</html>", "</html>x", "text outside of the document: 'x'"),
    Fault("asset-changed", "{", "{}{", "", "assets/site.*.js"),
    Fault("dead-link", 'files:["/assets/site.', 'files:["/assets/lost.', "/assets/lost.", "sw.js"),
    Fault("robots", "Allow: /", "Disallow: /*luna", "keeps crawlers from /", "robots.txt"),
    Fault("manifest", '"display": "', '"display": "x', "display is 'x", "manifest.webmanifest"),
    Fault("manifest", '"scope": "/"', '"scope": "/shop/"', "not in the scope",
          "manifest.webmanifest"),
    Fault("sitemap", "sitemaps.org/schemas", "sitemap.org/schemas", "no element of the protocol", SITEMAP),
    Fault("sitemap", ' xmlns:xhtml="http://www.w3.org/1999/xhtml"', "", "unbound prefix", SITEMAP),
    Fault("feed", "base.google.com/ns/1.0", "base.google.com/ns/2.0", "its namespace g is not", FEED),
    Fault("feed", "<g:availability>", "<g:availability_date>soon</g:availability_date><g:availability>", "is 'soon'",
          FEED),
    Fault("feed", "<g:condition>", "<g:sale_price>999.00 EUR</g:sale_price><g:condition>", "above its price", FEED),
    Fault("feed", "<g:condition>", "<g:additional_image_link>https://shop.example/x.png</g:additional_image_link>"
          "<g:additional_image_link>https://shop.example/y.png</g:additional_image_link><g:condition>", "/y.png", FEED),
    Fault("price-mismatch", '"text":"€129.00"', '"text":"€12.00"', "/products/luna/: '€12.00' is shown", SEARCH_DATA),
    Fault("price-mismatch", '"amount":12900', '"amount":1290', "the amount 1290 is not 129.00", SEARCH_DATA),
]  # fmt: skip

SLIPPED = [*OFFERS, *FEEDS, *CRAWLERS, *CODE, *PLACES, *RESPONSES, *OWN_THINGS]
