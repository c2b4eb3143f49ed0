"""The right to send goods back."""

from shopwright.seo.structured_data.returns import MOST_COUNTRIES, MerchantReturnPolicy


def test_a_policy_with_a_window():
    policy = MerchantReturnPolicy(
        identifier="#returns", countries=("DE", "AT"), days=30, free=True, country="DE", link="https://shop.example/r/"
    )
    assert policy.as_thing() == {
        "@type": "MerchantReturnPolicy",
        "@id": "#returns",
        "applicableCountry": ["DE", "AT"],
        "returnPolicyCountry": "DE",
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 30,
        "returnMethod": "https://schema.org/ReturnByMail",
        "returnFees": "https://schema.org/FreeReturn",
        "merchantReturnLink": "https://shop.example/r/",
    }


def test_who_pays_for_the_way_back():
    policy = MerchantReturnPolicy(identifier="#returns", countries=("DE",), days=14, free=False).as_thing()
    assert policy["returnFees"] == "https://schema.org/ReturnFeesCustomerResponsibility"


def test_no_right_to_return():
    assert MerchantReturnPolicy(identifier="#returns", countries=("DE",), days=0, free=True).as_thing() == {
        "@type": "MerchantReturnPolicy",
        "@id": "#returns",
        "applicableCountry": ["DE"],
        "returnPolicyCategory": "https://schema.org/MerchantReturnNotPermitted",
    }


def test_no_more_countries_than_are_read():
    many = tuple(f"{first}{second}" for first in "ABCDEFGH" for second in "ABCDEFGH")
    policy = MerchantReturnPolicy(identifier="#returns", countries=many, days=14, free=True).as_thing()
    assert len(policy["applicableCountry"]) == MOST_COUNTRIES
