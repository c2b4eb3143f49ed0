"""Single faults in data, and what each is called: rows for ``test_gate_mutations.py``.

What scripts are told and what is on the page, structured data against itself, the merchant feed by itself.
"""

from tests.stores.gate_faults import FEED, SEARCH_DATA, Fault

EVERYTHING = "collections/all/index.html"

CART_DATA = [
    Fault("bad-page-data", '"title":"Luna","options"', '"title":"Sol","options"',
          "#product-data is of 'Sol', structured data of "),
    Fault("availability-mismatch", '"buyable":true', '"buyable":false',
          "#product-data: 'LUNA-47' is 'instock' and cann"),
    Fault("availability-mismatch", '"availability":{"code":"in_stock","label":"In stock"},"buyable":true',
          '"availability":{"code":"out_of_stock","label":"In stock"},"buyable":true',
          "#product-data: 'LUNA-47' is 'outofstock' and c"),
    Fault("price-mismatch", '"price":{"text":"€129.00","value":"129.00","amount":12900',
          '"price":{"text":"€12.00","value":"129.00","amount":12900',
          "#product-data: 'LUNA-47': '€12.00' is shown fo"),
    Fault("price-mismatch", '"price":{"text":"€129.00","value":"129.00","amount":12900',
          '"price":{"text":"€129.00","value":"12.00","amount":12900',
          "#product-data: 'LUNA-47': '€129.00' is shown f"),
    Fault("bad-page-data", '"id":"black-49"', '"id":"black-47"', "#product-data: 'black-47' stands 2 times",
          also="sku-mismatch"),
    Fault("bad-page-data", '"options":["Color","Size"],"variants"', '"options":["Color"],"variants"',
          "#product-data: 'black-47' has not a value for "),
    Fault("dead-link", '"thumbnail":"/assets/pictures/92', '"thumbnail":"/assets/pictures/93',
          "/assets/pictures/93d352f4be6a626d-320.webp"),
    Fault("bad-page-data", '"@type":"ProductGroup","name":"Luna"', '"@type":"ProductGroup","name":"Sol"',
          "#product-data is of 'Luna', structured data of"),
]  # fmt: skip

SITE_DATA = [
    Fault("bad-page-data", '{"locale":"en","currency":"EUR"', '{"locale":"de","currency":"EUR"',
          "#site-data is in de, the page in en"),
    Fault("currency-mismatch", '"locale":"en","currency":"EUR"', '"locale":"en","currency":"USD"',
          "#site-data: the cart counts in USD, the page s"),
    Fault("bad-page-data", '"digits":2', '"digits":0', "#site-data: 0 decimals of EUR"),
    Fault("inline-code", '"checkout":null', '"checkout":"javascript:alert(1)"',
          "#site-data: checkout is 'javascript:alert(1)'"),
    Fault("mixed-content", '"checkout":null', '"checkout":"http://shop.example/pay"',
          "#site-data: checkout is http://shop.example/pa"),
    Fault("csp-weak", "form-action 'self'", "form-action 'self' https://evil.example",
          "form-action allows https://evil.example, which"),
]  # fmt: skip

LISTS = [
    Fault("dead-link", '"src":"/assets/pictures/92d', '"src":"/assets/pictures/93d',
          "/assets/pictures/93d352f4be6a626d-320.webp", file=SEARCH_DATA),
    Fault("dead-link", "3b1ae544ca71f69a-1024.webp 1024w", "3b1ae544ca71f69b-1024.webp 1024w",
          "/assets/pictures/3b1ae544ca71f69b-1024.webp", file=SEARCH_DATA),
    Fault("dead-link", '"url":"/products/luna/"', '"url":"https://evil.example/"', "https://evil.example/",
          file=SEARCH_DATA),
    Fault("currency-mismatch", '"currency":"EUR"', '"currency":"USD"',
          "/products/luna/: '€129.00' is shown for USD", file=SEARCH_DATA),
    Fault("bad-page-data", '"products":[{', '"products":"x","was":[{', "no list of products", file=SEARCH_DATA),
    Fault("bad-page-data", '"colors":[{"name":"Black","hex":"#1b1b1f"}]',
          '"colors":[{"name":"Black","hex":"url(x)"}]', "/products/luna/: the colour 'url(x)'",
          file="collections/all/products-1.json"),
]  # fmt: skip

THINGS = [
    Fault("bad-value", '"unitCode":"DAY"', '"unitCode":"WEEKS"', "unitCode of handlingTime is WEEKS"),
    Fault("bad-value", '"variesBy":["https://schema.org/color"', '"variesBy":["https://schema.org/colour"',
          "variesBy https://schema.org/colour"),
    Fault("missing-property", '"variesBy":["https://schema.org/color","https://schema.org/size"]',
          '"variesBy":["https://schema.org/material"]', "material of a variant"),
    Fault("bad-value", '"sku":"LUNA-49"', '"sku":"LUNA-47"', "sku of a variant stands 2 times: LUNA-47",
          also="sku-mismatch"),
    Fault("bad-value", '"gtin13":"5901234123457"', '"gtin13":"4006381333931"',
          "gtin13 of a variant stands 2 times: 4006381333", also="sku-mismatch"),
    Fault("bad-value", '"url":"https://shop.example/products/luna/?variant=black-49","image"',
          '"url":"https://shop.example/products/luna/?variant=black-47","image"',
          "url of a variant stands 2 times: https://shop.", also="sku-mismatch"),
    Fault("sku-mismatch", '?variant=black-49"', '?variant=nosuch"', "'LUNA-49' is 'nosuch' in structured data, 'bla"),
    Fault("bad-value", '"applicableCountry":["DE"]', '"applicableCountry":["XX"]',
          "applicableCountry 'XX' is no country code of I"),
    Fault("currency-mismatch", '"value":"4.90","currency":"EUR"', '"value":"4.90","currency":"USD"',
          "USD for shipping of what is sold in EUR"),
    Fault("bad-value", '"hasMerchantReturnPolicy":{"@id":"#returns"}',
          '"hasMerchantReturnPolicy":{"@id":"#shipping-de"}', "hasMerchantReturnPolicy is no OfferShippingDet"),
    Fault("bad-value", '"brand":{"@type":"Brand","name":"Lumen"}', '"brand":"Lumen"',
          "brand is a text, no thing: 'Lumen'"),
    Fault("bad-value",
          '"@type":"OnlineStore","@id":"https://shop.example/#store","name":"Small Shop","url":"https://sho'
          'p.example/"',
          '"@type":"OnlineStore","@id":"https://shop.example/#store","name":"Small Shop","url":"https://evi'
          'l.example/"', "url of https://shop.example/#store is https://"),
    Fault("bad-value", '"category":"Spectacles"',
          '"category":"Spectacles","aggregateRating":{"@type":"AggregateRating","ratingValue":"many","revie'
          'wCount":3}', "ratingValue 'many' is no number"),
    Fault("bad-value", '"category":"Spectacles"',
          '"category":"Spectacles","aggregateRating":{"@type":"AggregateRating","ratingValue":4.9,"reviewCo'
          'unt":301}', "the page shows no count of 301 ratings"),
    Fault("bad-value", '"position":2,"name":"Sol","url":"https://shop.example/products/sol/"',
          '"position":2,"name":"Sol","url":"https://shop.example/products/luna/"',
          "url of ItemList stands 2 times: https://shop.e", file=EVERYTHING),
    Fault("bad-value", '"inLanguage":["en","de","ar"]', '"inLanguage":["en","de","arabic"]',
          "inLanguage 'arabic' is no language", file="index.html"),
    Fault("bad-value", '"email":"hello@shop.example","contactPoint"', '"email":"hello","contactPoint"',
          "email 'hello' is no address of e-mail", file="index.html"),
    Fault("bad-value", '"@id":"https://shop.example/#website","name":"Small Shop","url":"https://shop.example/"',
          '"@id":"https://shop.example/#website","name":"Small Shop","url":"https://shop.example/de/"',
          "url of https://shop.example/#website is https:", file="index.html"),
    Fault("bad-value",
          '"@type":"CollectionPage","name":"All products","url":"https://shop.example/collections/all/"',
          '"@type":"CollectionPage","name":"All products","url":"https://shop.example/"',
          "CollectionPage leads to https://shop.example/,", file=EVERYTHING),
    Fault("bad-value", '"name":"All products","item":"https://shop.example/collections/all/"',
          '"name":"All products","item":"https://shop.example/collections/"',
          "BreadcrumbList leads to https://shop.example/c", file=EVERYTHING),
    Fault("bad-json-ld", '</script>\n<link rel="icon"',
          '</script><script type="application/ld+json">[]</script>\n<link rel="icon"', "nothing is described"),
    Fault("bad-value", '</script>\n<link rel="icon"',
          '</script><script type="application/ld+json">{"@context":"https://schema.org","@type":"OnlineStor'
          'e","@id":"https://shop.example/#store","name":"Other Shop","url":"https://shop.example/"}</scrip'
          't>\n<link rel="icon"', "name of https://shop.example/#store is said in"),
    Fault("bad-json-ld", '"@graph":[', '"@graph":[7,', "an object is expected in @graph"),
    Fault("bad-value", '"minValue":2,"maxValue":4,"unitCode":"DAY"', '"minValue":2,"maxValue":4',
          "unitCode of transitTime is None"),
]  # fmt: skip

MERCHANT = [
    Fault("sku-mismatch", "<g:gtin>4006381333931", "<g:gtin>5901234123457",
          "'LUNA-47' is '4006381333931' in structured dat", file=FEED),
    Fault("feed", "<g:identifier_exists>no", "<g:identifier_exists>maybe",
          "the identifier_exists of 'sol-b' is 'maybe'", file=FEED),
    Fault("feed", "<g:identifier_exists>no</g:identifier_exists>", "",
          "'sol-b' has no gtin, nor mpn and brand, and do", file=FEED),
    Fault("feed", "<g:gtin>4006381333931</g:gtin>",
          "<g:gtin>4006381333931</g:gtin><g:identifier_exists>no</g:identifier_exists>",
          "'LUNA-47' has an identifier, and says that non", file=FEED),
    Fault("feed", "<g:country>DE", "<g:country>XX", "the shipping/country of 'LUNA-47' is 'XX'", file=FEED),
    Fault("feed", "<g:country>DE", "<g:country>Germany", "the shipping/country of 'LUNA-47' is 'Germany'", file=FEED),
    Fault("feed", "<g:price>4.90 EUR", "<g:price>4.90 USD", "the shipping/price of 'LUNA-47' is not in EUR",
          file=FEED),
    Fault("feed", "<g:min_transit_time>2", "<g:min_transit_time>9",
          "the shipping of 'LUNA-47' takes longer at leas", file=FEED),
    Fault("feed", "<g:canonical_link>https://shop.example/products/luna/",
          "<g:canonical_link>https://shop.example/products/sol/", "the canonical_link of 'LUNA-47' is https://sho",
          file=FEED),
    Fault("sku-mismatch", "?variant=black-49</link>", "?variant=nosuch</link>",
          "'LUNA-49' is 'black-49' in structured data, 'n", file=FEED),
    Fault("sku-mismatch", "?variant=black-49</link>", "?variant=black-47</link>",
          "'LUNA-49' is 'black-49' in structured data, 'b", file=FEED),
    Fault("feed", "<g:image_link>https://shop.example/", "<g:image_link>/",
          "'LUNA-47' shows /assets/pictures/7448757aedc84", file=FEED),
    Fault("feed", "<g:condition>new", "<g:gender>man</g:gender><g:condition>new",
          "the gender of 'LUNA-47' is 'man'", file=FEED),
    Fault("feed", "<g:condition>new", "<g:age_group>old</g:age_group><g:condition>new",
          "the age_group of 'LUNA-47' is 'old'", file=FEED),
    Fault("feed", "<g:condition>new",
          "<g:sale_price>99.00 EUR</g:sale_price><g:sale_price_effective_date>2026-12-01</g:sale_price_effe"
          "ctive_date><g:condition>new", "the sale_price_effective_date of 'LUNA-47' is ", file=FEED),
]  # fmt: skip

DATA = [*CART_DATA, *SITE_DATA, *LISTS, *THINGS, *MERCHANT]
