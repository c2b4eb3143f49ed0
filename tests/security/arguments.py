"""What operations are called with by somebody inside luna who knows every id of sol.

A parameter that is not known here fails the matrix: whoever adds one says what an attacker would give for it.
"""

import dataclasses
import datetime as dt
import inspect
from contextlib import AsyncExitStack

from tests.security.callers import NOW
from tests.security.tenants import SHOP, identity_of, write_source

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL
from shopwright.access.client import Client
from shopwright.access.roles import Role
from shopwright.audit.search import Wanted as WantedEvents
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.identity.keys import Wanted as WantedKey
from shopwright.bootstrap.identity.staff import Newcomer
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.review_documents import ReviewDocument
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.listed import Filter
from shopwright.catalog.versions.revision import Author, Kind
from shopwright.database.lease import Leases
from shopwright.generation.repository import Change, NewRelease
from shopwright.jobs.repository import Order

MOST = 50
CLIENT = Client("203.0.113.7", NOW)


class Attack:
    """One caller inside a tenant, with the ids of ``theirs``, another tenant."""

    def __init__(self, platform, inside, theirs, folder):
        self.platform, self.inside, self.theirs, self.folder = platform, inside, theirs, folder

    async def call(self, thing, method):
        """Call a method as a handler would; whatever it gives, as text."""
        async with AsyncExitStack() as stack:
            part = self.inside.part(lambda database: thing(**self._fields(thing, database)))
            bound = getattr(part, method.__name__)
            result = bound(**await self._arguments(method, stack))
            return repr(await _all(result))

    def _fields(self, thing, database):
        values = {
            "database": lambda: database,
            "graph": lambda: GRAPH,
            "kept": lambda: self._kept(database),
            "store": lambda: SHOP,
            "pictures": lambda: PictureFiles(self.folder / "tenants" / database.name),
            "identity": lambda: identity_of(self.platform, database),
            "caller": lambda: self.inside.caller,
            "by": lambda: self.inside.caller,
        }
        needed = [each.name for each in dataclasses.fields(thing) if each.default is dataclasses.MISSING]
        return {name: values[name]() for name in needed if name in values or not _has_factory(thing, name)}

    def _kept(self, database):
        return Kept(database, SHOP, PictureFiles(self.folder / "tenants" / database.name), graph=GRAPH)

    async def _arguments(self, method, stack):
        parameters = list(inspect.signature(method).parameters.values())[1:]
        known = self._known(method)
        given = {}
        for parameter in parameters:
            if parameter.name == "lease":
                given["lease"] = await stack.enter_async_context(Leases(self.inside._database).hold(SHOP, "mallory"))
            elif parameter.name in known:
                given[parameter.name] = known[parameter.name]
            elif parameter.default is parameter.empty:
                raise AssertionError(f"say in tests/security/arguments.py what an attacker gives for {parameter}")
        return given

    def _known(self, method):
        theirs = self.theirs
        source = write_source(self.folder / "mallory", "MALLORY")
        by_class = {
            "AuditTrail": {"wanted": WantedEvents(target=f"user/{theirs.user}"), "limit": MOST, "behind": 0},
            "OwnAccount": {
                "wanted": WantedKey("key", {Action.CATALOG_READ}, dt.timedelta(days=1)),
                "id_": theirs.session,
            },
            "OthersSessions": {"user": theirs.user, "id_": theirs.session},
            "Staff": {"id_": theirs.user, "email": f"ann@{theirs.marker.lower()}.example"},
            "ReviewRepository": {
                "id_": f"review-{theirs.marker.lower()}",
                "state": "published",
                "products": [theirs.product],
            },
            "JobRepository": {"id_": f"{SHOP}/job-{theirs.marker.lower()}"},
            "ExperimentRepository": {"state": "running", "products": (theirs.product,)},
        }.get(method.__qualname__.partition(".")[0], {})
        releases = NewRelease(f"{sum(map(ord, theirs.marker)):020x}", "0" * 64, files=1, bytes=1)
        return {
            "author": Author("mallory", NOW),
            "at": NOW,
            "client": CLIENT,
            "actor": self.inside.caller.user,
            "id_": "0" * 32,
            "limit": MOST,
            "kind": Kind.PRODUCT,
            "key": theirs.product,
            "keys": [theirs.product],
            "patch": {"title": "Taken"},
            "filter_": Filter(brand=f"Brand {theirs.marker}"),
            "text": theirs.marker,
            "number": f"S-{theirs.marker}" if method.__name__ == "by_number" else 1,
            "merge": True,
            "keep": 1,
            "since": 0,
            "sequence": 1,
            "follow": False,
            "out": self.folder / "out" / str(len(list((self.folder / "out").glob("*")))),
            "with_reviews": True,
            "source": open_source(source),
            "report": Report(),
            "bringing": Bringing(partial=True, folder=source),
            "review": ReviewDocument(
                id="review-mallory",
                store=SHOP,
                product=theirs.product,
                author="m",
                rating=1,
                title="",
                body="",
                locale=None,
                state="published",
                written=NOW,
            ),
            "lines": _lines(theirs.product),
            "store": SHOP,
            "release": releases if method.__name__ == "publish" else releases.release,
            "change": Change("mallory", "mallory", NOW),
            "order": Order(SHOP, f"job-{theirs.marker.lower()}", "build"),
            "name": f"test-{theirs.marker.lower()}",
            "variants": {"a": 1},
            "role": self._role(),
            "newcomer": Newcomer(f"mallory@{len(method.__name__)}.example", "Mallory", self._role()),
            **by_class,
        }

    def _role(self):
        """One that this caller may give."""
        if self.inside.tenant == CONTROL:
            return Role.OPERATOR
        return Role.OWNER if self.inside.caller.role is Role.OPERATOR else Role.VIEWER


async def _lines(product):
    yield product, "{}"


async def _all(result):
    """What a coroutine returns, what an iterator gives; of what can be asked further, that too."""
    if inspect.isawaitable(result):
        result = await result
    if hasattr(result, "__aiter__"):
        result = [each async for each in result]
    if hasattr(result, "settings") and hasattr(result, "lines"):
        result = [await result.settings(), *[line async for line in result.lines(Kind.PRODUCT)]]
    return result


def _has_factory(thing, name):
    return any(
        each.name == name and each.default_factory is not dataclasses.MISSING for each in dataclasses.fields(thing)
    )
