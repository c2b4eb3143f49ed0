"""The Content-Security-Policy of generated pages (CSP Level 3 and Trusted Types)."""

from urllib.parse import urlsplit

from markupsafe import Markup

from shopwright.generation.site import Site


def content_security_policy(site: Site) -> Markup:
    """The policy as a ``<meta>`` element: only the store's own files, no inline code, Trusted Types required.

    Pictures may also come from the origins the catalogue links to; forms may go to the store's own pages and its
    checkout. ``frame-ancestors`` cannot stand in a meta element; servers send it as a header.
    """
    checkout = site.store["checkout"]
    forms = f" {_origin(checkout['url'])}" if checkout else ""
    pictures = "".join(f" {origin}" for origin in site.remote_pictures)
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self'{pictures}",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": f"'self'{forms}",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    policy = "; ".join(f"{name} {value}" for name, value in rules.items())
    return Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(policy)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
