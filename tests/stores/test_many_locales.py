"""One store in twelve languages and ten currencies, with what is hard about them, in both built-in themes.

Right to left and left to right, scripts without blanks, words longer than a small screen, currencies with none, two and
three decimals, countries and scripts in a code, languages without interface texts, texts that fall back.
"""

import datetime as dt
import re

import pytest
from tests.stores.faultless import SETTINGS, products
from tests.stores.small import write_source

from shopwright.generation.pipeline import Order, build_store

LOCALES = ("en", "de-CH", "pt-BR", "ja", "zh-Hant", "ar", "he", "th", "hi", "tr", "fi", "fa")
MARKETS = {
    "de-CH": ("CH", "CHF", 13_900),
    "pt-BR": ("BR", "BRL", 79_900),
    "ja": ("JP", "JPY", 19_800),
    "zh-Hant": ("TW", "TWD", 399_900),
    "ar": ("KW", "KWD", 41_500),
    "he": ("IL", "ILS", 51_900),
    "th": ("TH", "THB", 499_000),
    "hi": ("IN", "INR", 12_499_000),
    "tr": ("TR", "TRY", 489_990),
}
TITLES = {
    "de-CH": "Donaudampfschifffahrtsgesellschaftskapitänsbrille",
    "ja": "ルナ",
    "zh-Hant": "月神",
    "ar": "لونا",
    "he": "לונה",
    "th": "ลูน่ากรอบแว่นทรงกลมน้ำหนักเบาทำจากอะซิเตท",
    "hi": "लूना",
    "tr": "Luna ışığı",
    "fi": "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerilasit",
    "fa": "لونا",
}
SHOWN = {
    "en": ("129.00", "€129.00"),
    "de-CH": ("139.00", "CHF 139.00"),
    "pt-BR": ("799.00", "R$ 799,00"),
    "ja": ("19800", "￥19,800"),
    "zh-Hant": ("3999.00", "$3,999.00"),
    "ar": ("41.500", "41.500 د.ك."),
    "he": ("519.00", "519.00 ₪"),
    "th": ("4990.00", "฿4,990.00"),
    "hi": ("124990.00", "₹1,24,990.00"),
    "tr": ("4899.90", "₺4.899,90"),
    "fi": ("129.00", "129,00 €"),
    "fa": ("129.00", "€ 129.00"),
}
MARKS = dict.fromkeys(map(ord, "\u200e\u200f")) | {0xA0: " ", 0x202F: " "}


def records():
    luna, sol = products()
    for record in (luna, sol):
        del record["seo"]
        record["translations"] = {
            locale: {"title": f"{title} {record['handle']}", "description": f"<p>{title}</p>"}
            for locale, title in TITLES.items()
        }
        for variant in record["variants"]:
            variant["markets"] = [
                {"market": country, "price": {"amount": amount, "currency": currency}}
                for country, currency, amount in MARKETS.values()
            ]
    return [luna, sol]


def settings(theme):
    markets = [
        {"name": country, "countries": [country], "currency": currency, "locales": [locale]}
        for locale, (country, currency, _) in MARKETS.items()
    ]
    rates = [
        {"country": country, "price": {"amount": amount // 20, "currency": currency}}
        for country, currency, amount in MARKETS.values()
    ]
    more = {"locales": list(LOCALES), "markets": markets, "shipping": [*SETTINGS["shipping"], *rates]}
    return {**SETTINGS, **more, "theme": theme}


@pytest.mark.parametrize("theme", ["atelier", "meridian"])
def test_twelve_languages_keep_every_rule(tmp_path, theme):
    source = write_source(tmp_path / "store", records(), **settings(theme))
    order = Order(source, tmp_path / "site", dt.datetime(2026, 11, 23, tzinfo=dt.UTC), tmp_path / "cache", 1)
    built = build_store(order, lambda *_: None)
    assert (built.pages, built.audit["error"], built.audit["warning"]) == (14 * len(LOCALES), 0, 0)
    for locale, price in SHOWN.items():
        folder = "" if locale == "en" else f"{locale.lower()}/"
        page = (tmp_path / "site" / f"{folder}products/luna/index.html").read_text("utf-8")
        direction = "rtl" if locale in ("ar", "he", "fa") else "ltr"
        assert f'<html lang="{locale}" dir="{direction}">' in page
        value, text = re.search(r'<data class="price-now" value="([^"]+)">([^<]+)<', page).groups()
        assert (value, " ".join(text.translate(MARKS).split())) == price
        assert len(re.findall('<link rel="alternate" hreflang="', page)) == len(LOCALES) + 1
    untold = {fault.value for fault in built.faults if fault.code == "interface-untranslated"}
    assert untold == {"fa", "fi", "he", "hi", "ja", "pt-BR", "th", "tr", "zh-Hant"}
    fallen = {fault.value for fault in built.faults if "titles of products" in fault.message}
    assert fallen == {"pt-BR"}
