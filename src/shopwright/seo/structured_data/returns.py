"""MerchantReturnPolicy: the right to send goods back."""

from dataclasses import dataclass

from shopwright.seo.structured_data.thing import Thing, present, term

MOST_COUNTRIES = 50
"""Countries that one policy may name (Google's merchant listings)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantReturnPolicy:
    """What a store grants in ``countries`` (ISO 3166-1): so many ``days`` to return goods, 0 for no right to.

    ``free`` says that returning costs nothing; ``country`` is where goods go back to, ``link`` the policy's own page.
    """

    identifier: str
    countries: tuple[str, ...]
    days: int
    free: bool
    country: str | None = None
    link: str | None = None

    def as_thing(self) -> Thing:
        """The MerchantReturnPolicy, to be referred to by its id."""
        finite = self.days > 0
        category = "MerchantReturnFiniteReturnWindow" if finite else "MerchantReturnNotPermitted"
        fees = "FreeReturn" if self.free else "ReturnFeesCustomerResponsibility"
        return present(
            {
                "@type": "MerchantReturnPolicy",
                "@id": self.identifier,
                "applicableCountry": list(self.countries[:MOST_COUNTRIES]),
                "returnPolicyCountry": self.country,
                "returnPolicyCategory": term(category),
                "merchantReturnDays": self.days if finite else None,
                "returnMethod": term("ReturnByMail") if finite else None,
                "returnFees": term(fees) if finite else None,
                "merchantReturnLink": self.link,
            }
        )
