"""OnlineStore: who sells, and on which terms. An Organization of schema.org."""

from dataclasses import dataclass

from shopwright.seo.structured_data.returns import MerchantReturnPolicy
from shopwright.seo.structured_data.shipping import ShippingService
from shopwright.seo.structured_data.thing import Thing, present


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """A postal address; ``country`` is of ISO 3166-1, and what is not known is empty."""

    street: str
    postal_code: str
    city: str
    region: str
    country: str

    def as_thing(self) -> Thing:
        """The PostalAddress."""
        return present(
            {
                "@type": "PostalAddress",
                "streetAddress": self.street,
                "postalCode": self.postal_code,
                "addressLocality": self.city,
                "addressRegion": self.region,
                "addressCountry": self.country,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineStore:
    """The seller. ``identifier`` is the ``@id`` that offers name as their seller; ``languages`` are of its pages.

    A page that only needs to name the seller gives name and url, the home page everything.
    """

    identifier: str
    name: str
    url: str
    legal_name: str | None = None
    vat_id: str | None = None
    description: str | None = None
    email: str | None = None
    telephone: str | None = None
    address: PostalAddress | None = None
    logo: str | None = None
    same_as: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    returns: MerchantReturnPolicy | None = None
    shipping: tuple[ShippingService, ...] = ()

    def as_thing(self) -> Thing:
        """The OnlineStore."""
        return present(
            {
                "@type": "OnlineStore",
                "@id": self.identifier,
                "name": self.name,
                "legalName": self.legal_name,
                "vatID": self.vat_id,
                "url": self.url,
                "description": self.description,
                "logo": self.logo,
                "email": self.email,
                "telephone": self.telephone,
                "address": self.address.as_thing() if self.address else None,
                "contactPoint": self._contact(),
                "sameAs": list(self.same_as),
                "hasMerchantReturnPolicy": self.returns.as_thing() if self.returns else None,
                "hasShippingService": [each.as_thing() for each in self.shipping],
            }
        )

    def _contact(self) -> Thing | None:
        """The ContactPoint of shoppers, where there is a way to reach the seller."""
        if not (self.email or self.telephone) or not self.languages:
            return None
        return present(
            {
                "@type": "ContactPoint",
                "contactType": "customer service",
                "email": self.email,
                "telephone": self.telephone,
                "availableLanguage": list(self.languages),
            }
        )
