"""Home, search, cart, information and not-found pages."""

from typing import Any

from markupsafe import Markup

from shopwright.catalog.rich_text import plain_text
from shopwright.generation.edition import Edition
from shopwright.generation.pages.collection import collection_entry
from shopwright.generation.pages.draft import Draft, Editions, breadcrumb_thing, share_image, urls_of
from shopwright.generation.things.page import information_page
from shopwright.generation.things.store import store_things
from shopwright.generation.views.card import card_view
from shopwright.generation.views.picture import picture_view
from shopwright.generation.wording import home_description
from shopwright.seo.snippet import fitted
from shopwright.template_engine.rich import rich_markup

Json = dict[str, Any]


def home(job: Json, editions: Editions, locale: str) -> Draft:
    """The home page."""
    edition = editions[locale]
    context, store = edition.context, edition.site.store
    urls = urls_of(editions, lambda each: each.addresses.home)
    hero = _hero(job, edition)
    collections = [collection_entry(entry, edition) for entry in job["collections"]]
    values = {
        "hero": hero,
        "collections": collections,
        "featured": [card_view(card, edition) for card in job["featured"]],
        "newest": [card_view(card, edition) for card in job["newest"]],
    }
    tagline = context["tagline"]
    head_title = edition.say("seo.home_title", name=store["name"], tagline=tagline) if tagline else store["name"]
    return Draft(
        kind="home",
        title=hero["title"] if hero else store["name"],
        lang=edition.text_lang(store["hero"]["title"]) if hero else None,
        urls=urls,
        head_title=head_title,
        description=home_description(edition, [entry["title"] for entry in collections]),
        values={"home": values},
        image=share_image(job["hero_picture"], hero["title"], edition) if hero else None,
        things=store_things(edition),
    )


def _hero(job: Json, edition: Edition) -> Json | None:
    hero = edition.site.store["hero"]
    title = edition.text(hero["title"])
    if not title:
        return None
    linked, picture = job["hero_collection"], job["hero_picture"]
    everywhere = (edition.say("page.collections"), edition.context["collections"])
    label, url = edition.collection_link(linked) if linked else everywhere
    view = picture_view(picture, picture.get("alt") or "", edition) if picture else None
    text = {"text": edition.text(hero["text"]), "text_lang": edition.text_lang(hero["text"])}
    return {"title": title, **text, "picture": view, "url": url, "label": label}


def search(_job: Json, editions: Editions, locale: str) -> Draft:
    """The search page: empty until its script has read the index."""
    index = editions[locale].addresses.file("search/products-1.json")
    return _tool("search", editions, locale, {"search": {"index_url": index}})


def cart(_job: Json, editions: Editions, locale: str) -> Draft:
    """The cart page: its content lives in the shopper's browser."""
    return _tool("cart", editions, locale, {})


def _tool(name: str, editions: Editions, locale: str, values: Json) -> Draft:
    edition = editions[locale]
    title = edition.say(f"page.{name}")
    urls = urls_of(editions, lambda each: each.addresses.page(name))
    return Draft(
        kind=name,
        title=title,
        urls=urls,
        head_title=edition.say("seo.collection_title", title=title, name=edition.site.store["name"]),
        description=edition.say(f"seo.{name}_description", name=edition.site.store["name"]),
        values=values,
        crumbs=((title, urls[locale]),),
        indexed=False,
    )


def content(job: Json, editions: Editions, locale: str) -> Draft:
    """About, policies, imprint."""
    edition, name = editions[locale], job["name"]
    title = edition.page_title(name)
    urls = urls_of(editions, lambda each: each.addresses.page(name))
    body = edition.text(job["body"])
    crumbs = ((title, urls[locale]),)
    facts = _facts(edition) if name == "imprint" else []
    store_name = edition.site.store["name"]
    description = fitted(plain_text(body) or f"{title}: {store_name}")
    return Draft(
        kind="content",
        title=title,
        urls=urls,
        head_title=edition.say("seo.collection_title", title=title, name=store_name),
        description=description,
        values={"content": {"body": rich_markup(body), "lang": edition.text_lang(job["body"]), "facts": facts}},
        crumbs=crumbs,
        things=(information_page(edition, name, title, description), breadcrumb_thing(edition, crumbs)),
    )


def _facts(edition: Edition) -> list[Json]:
    """What the imprint names, from ``legal`` and ``contact`` of ``store.yaml``."""
    store, contact = edition.site.store, edition.context["contact"]
    legal = store["legal"]
    named: list[tuple[str, str | None, str | None]] = [(key, legal[key], None) for key in ("company", "representative")]
    named.append(("address", ", ".join(contact["address"] or []), None))
    named.append(("email", contact["email"], f"mailto:{contact['email']}"))
    named.append(("phone", contact["phone"], f"tel:{(contact['phone'] or '').replace(' ', '')}"))
    named += [(key, legal[key], None) for key in ("registration", "vat_id")]
    return [{"label": edition.say(f"imprint.{key}"), "value": value, "url": url} for key, value, url in named if value]


def offline(_job: Json, editions: Editions, locale: str) -> Draft:
    """What the service worker shows for a page it has not kept, without a connection."""
    edition = editions[locale]
    title, name = edition.say("page.offline"), edition.site.store["name"]
    return Draft(
        kind="content",
        title=title,
        urls=urls_of(editions, lambda each: each.addresses.file("offline.html")),
        head_title=edition.say("seo.collection_title", title=title, name=name),
        description=edition.say("seo.offline_description", name=name),
        values={
            "content": {"body": Markup("<p>{}</p>").format(edition.say("offline.text")), "lang": None, "facts": []}
        },
        indexed=False,
    )


def not_found(job: Json, editions: Editions, locale: str) -> Draft:
    """What a web server shows for an address that leads nowhere."""
    edition = editions[locale]
    title = edition.say("page.not_found")
    return Draft(
        kind="not_found",
        title=title,
        urls=urls_of(editions, lambda each: each.addresses.file("404.html")),
        head_title=edition.say("seo.collection_title", title=title, name=edition.site.store["name"]),
        description=edition.say("seo.not_found_description", name=edition.site.store["name"]),
        values={"not_found": {"collections": [collection_entry(entry, edition) for entry in job["collections"]]}},
        indexed=False,
    )
