"""What the showcase shows of which template: the states, in the order in which they are shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from shopwright.generation.showcase.products import SAMPLE_PRODUCTS


@dataclass(frozen=True, slots=True)
class State:
    """One state of one template.

    ``store`` is the sample store and ``page`` the address, below its home, of the page that is shown. A partial is
    shown alone, with that page's values: ``call`` is the Jinja that gives it the names it wants. ``query`` is added to
    the address, ``script`` says whether JavaScript runs, ``cart`` whether there is something in the cart, ``opened``
    whether its popovers are shown.
    """

    template: str
    key: str
    title: str
    page: str
    store: str = "sample"
    note: str = ""
    call: str = ""
    query: str = ""
    script: bool = True
    cart: bool = False
    opened: bool = False

    @property
    def alone(self) -> bool:
        """Whether the template is a partial that is shown by itself."""
        return bool(self.call)

    @property
    def apart(self) -> bool:
        """Whether it is shown by a page of its own, not by one of the store."""
        return self.alone or not self.script


def states() -> list[State]:
    """Every state."""
    return [
        *_pages(),
        *_products(),
        *_frame_parts(),
        *_card_parts(),
        *_product_parts(),
        *_list_parts(),
        *_script_parts(),
    ]


MANY_PAGES = "collections/many-pages/"
EMPTY = "collections/empty/"


def _pages() -> Iterator[State]:
    yield State(
        "layout.html",
        "full",
        "A store with everything",
        "",
        note="Logo, navigation, languages, contact, information pages.",
    )
    yield State(
        "layout.html", "plain", "A store with next to nothing", "", "plain", "No logo, one language, no contact."
    )
    yield State("home.html", "hero", "With a hero", "", note="Title, text, picture and a collection.")
    yield State("home.html", "hero-without-picture", "A hero without a picture", "", "languages")
    yield State("home.html", "plain", "Without a hero", "", "plain", "The store's name stands in for it.")
    yield State("collections.html", "list", "All collections", "collections/")
    yield State("collection.html", "facets", "One page, with facets", "collections/all/")
    yield State("collection.html", "described", "With a description", "collections/sunglasses/")
    yield State("collection.html", "many-pages", "Many pages", f"{MANY_PAGES}page/4/", note="The pagination has a gap.")
    yield State("collection.html", "plain", "Without facets", "collections/all/", "plain")
    yield State("collection.html", "empty", "Empty", EMPTY)
    yield State("collection.html", "no-script", "Without JavaScript", "collections/all/", script=False)
    yield State("search.html", "empty", "Nothing asked yet", "search/")
    yield State("search.html", "found", "Something found", "search/", query="?q=sample")
    yield State("search.html", "nothing", "Nothing found", "search/", query="?q=zzz")
    yield State("search.html", "no-script", "Without JavaScript", "search/", script=False)
    yield State("cart.html", "empty", "Empty", "cart/", "plain")
    yield State("cart.html", "filled", "Something in it", "cart/", note="Handed over to a checkout.", cart=True)
    yield State(
        "cart.html", "mail", "Without a checkout", "cart/", "languages", "The order is written by e-mail.", cart=True
    )
    yield State("cart.html", "no-script", "Without JavaScript", "cart/", script=False)
    yield State("content.html", "text", "Rich text", "about/")
    yield State("content.html", "facts", "Facts", "imprint/")
    yield State("content.html", "statement", "The accessibility statement", "accessibility/")
    yield State("not_found.html", "collections", "With collections", "404.html")
    yield State("offline.html", "plain", "Without a connection", "offline.html")
    yield State("not_found.html", "plain", "Without collections", "404.html", "plain")


_PRODUCTS = {
    "arlo": ("In stock", "Three colours, measures, details."),
    "bree": ("Sold out", ""),
    "cato": ("Pre-order", ""),
    "dune": ("Back-order", ""),
    "elio": ("On sale", "The price before, the lowest price of the last 30 days, and the day the sale ends."),
    "fern": ("No price", "Shoppers are asked to write."),
    "gale": ("No picture", ""),
    "hart": ("Many variants", "Three options, 36 variants, some sold out, some dearer."),
    "iris": ("One variant", "An option with a single value."),
    "juno": ("No options", ""),
    "kelp": ("A tall picture", ""),
    "long-title": ("A long title", ""),
    "long-words": ("Long words", "Words that cannot be broken, in every place a catalogue may have them."),
    "reviewed": ("Reviews and rating", "Samples, and marked as such."),
    "set": ("A group of products", ""),
    "elsewhere": ("Sold elsewhere", "An external product."),
    "bare": ("Nothing but a price", "No description, no measures, no details, no reviews."),
}


def _products() -> Iterator[State]:
    for handle, (title, note) in _PRODUCTS.items():
        yield State("product.html", handle, title, f"products/{handle}/", note=note)
    yield State("product.html", "no-script", "Without JavaScript", "products/hart/", script=False)


def _frame_parts() -> Iterator[State]:
    for name in ("_header.html", "_wordmark.html", "_footer.html", "_footer_columns.html"):
        yield part(name, "full", "A store with everything")
        yield part(name, "plain", "A store with next to nothing", store="plain")
    yield part("_menu.html", "full", "Open", opened=True)
    yield part("_menu.html", "current", "Open, on one of its own pages", "collections/sunglasses/", opened=True)
    yield part("_menu.html", "plain", "A store without collections", store="plain", opened=True)
    yield part("_languages.html", "two", "Two languages", opened=True)
    yield part("_languages.html", "eight", "Eight languages", store="languages", opened=True)
    yield part("_appearance.html", "choice", "Light, dark, or as the system has it")
    yield part("_cart_link.html", "empty", "Nothing in the cart", store="plain")
    yield part("_cart_link.html", "filled", "Something in the cart", cart=True)
    yield part("_search_form.html", "open", "Open", opened=True)
    yield part("_breadcrumbs.html", "product", "Of a product", "products/arlo/")
    yield part("_breadcrumbs.html", "long", "Of a product with long words", "products/long-words/")
    yield part("_contact.html", "all", "All that can be given")
    yield part("_contact.html", "mail", "Only an e-mail address", store="languages")
    yield part("_hero.html", "picture", "With a picture")
    yield part("_hero.html", "text", "Without a picture", store="languages")
    yield part("_hero.html", "none", "None given", store="plain")


def _card_parts() -> Iterator[State]:
    for handle in (
        "arlo",
        "bree",
        "cato",
        "elio",
        "fern",
        "gale",
        "hart",
        "long-title",
        "long-words",
        "reviewed",
        "set",
    ):
        yield part("_card.html", handle, _PRODUCTS[handle][0], "collections/all/", _card(handle))
    for handle in ("arlo", "bree", "cato", "elio"):
        yield part("_badges.html", handle, _PRODUCTS[handle][0], "collections/all/", _card(handle))
    price = "{% set price = product.price %}{% set full = true %}"
    for handle in ("arlo", "elio", "fern"):
        yield part("_price.html", handle, _PRODUCTS[handle][0], f"products/{handle}/", price)
    place = SAMPLE_PRODUCTS.index("hart")
    varies = f"{{% set price = collection.products[{place}].price %}}{{% set full = false %}}"
    yield part("_price.html", "varies", "Variants differ", "collections/all/", varies)


def _card(handle: str) -> str:
    place = SAMPLE_PRODUCTS.index(handle)
    return f"{{% set card = collection.products[{place}] %}}{{% set eager = false %}}"


_STAGE_SIZES = '{% set stage_sizes = "(min-width: 64rem) 58vw, 100vw" %}'
_OF_PRODUCTS = {
    "_gallery.html": ("arlo", "gale", "juno", "kelp", "hart"),
    "_buy.html": (
        "arlo",
        "bree",
        "cato",
        "dune",
        "elio",
        "fern",
        "hart",
        "iris",
        "juno",
        "long-words",
        "set",
        "elsewhere",
    ),
    "_measures.html": ("arlo",),
    "_details.html": ("arlo", "long-words"),
    "_reviews.html": ("reviewed",),
}


def _product_parts() -> Iterator[State]:
    for name, handles in _OF_PRODUCTS.items():
        for handle in handles:
            names = _STAGE_SIZES if name == "_gallery.html" else ""
            yield part(name, handle, _PRODUCTS[handle][0], f"products/{handle}/", names)
    yield part("_quantity.html", "one", "One piece", "products/arlo/")
    yield part("_without_script.html", "many", "Many variants", "products/hart/", script=False)
    yield part("_without_script.html", "one", "One variant", "products/iris/", script=False)


def _list_parts() -> Iterator[State]:
    entries = "{% set entries = collections %}"
    yield part("_collections.html", "list", "The list of collections", "collections/", entries)
    yield part("_toolbar.html", "facets", "With facets", "collections/all/")
    yield part("_filter_panel.html", "open", "Open", "collections/all/", opened=True)
    yield part("_toolbar.html", "plain", "Nothing to filter by", "collections/all/", store="plain")
    for number, title in ((1, "The first page"), (4, "In the middle, with a gap"), (8, "The last page")):
        page = f"{MANY_PAGES}page/{number}/" if number > 1 else MANY_PAGES
        yield part("_pagination.html", f"page-{number}", title, page)


def _script_parts() -> Iterator[State]:
    yield part("_handover.html", "checkout", "To a checkout", "cart/")
    yield part("_handover.html", "mail", "By e-mail", "cart/", store="languages")
    yield part("_handover.html", "contact", "Neither", "cart/", store="plain")
    yield State("_card_template.html", "found", "Filled by the script of the search page", "search/", query="?q=sample")
    yield State("_cart_templates.html", "filled", "Filled by the script of the cart", "cart/", cart=True)


def part(
    name: str,
    key: str,
    title: str,
    page: str = "",
    names: str = "",
    *,
    store: str = "sample",
    script: bool = True,
    cart: bool = False,
    opened: bool = False,
) -> State:
    """A state of a partial that is shown alone; ``names`` is the Jinja that sets what it wants to be given."""
    call = f'{names}{{% include "{name}" %}}'
    return State(name, key, title, page, store, call=call, script=script, cart=cart, opened=opened)
