"""The file; what leads where is tested with ``moves``."""

from contextlib import closing

from tests.unit.generation.records import site

from shopwright.generation.directory import Directory
from shopwright.generation.ledger import Thing
from shopwright.generation.redirects import redirect, redirect_files
from shopwright.generation.spool import Spool
from shopwright.storage.redirect_rules import Redirect, parse_redirects


def test_the_file_is_what_hosts_and_our_own_server_read(tmp_path):
    rules = [{"source": "/نظارات/", "to": "/"}, {"source": "/blog/*"}, {"source": "/a.html", "to": "/?from=a"}]
    shop = site(url="https://agency.example/shops/small/", redirects={"rules": rules})
    gone = Thing("product", "luna", {"en": ("/products/luna/",)})
    with closing(Spool(tmp_path)) as spool:
        redirected = redirect([gone], Directory(spool, []), {"/shops/small/"}, shop)
        ((name, data),) = redirect_files(redirected)
        kept = list(redirected.things(Directory(spool, [])))
    assert (name, redirected.faults) == ("_redirects", ())
    found = parse_redirects(data.decode())
    assert found.find("/نظارات/") == found.find("/نظارات") == Redirect(301, "/")
    assert found.find("/blog/2019/x") == Redirect(410, "")
    assert found.find("/a.html") == Redirect(301, "/?from=a")
    assert found.find("/products/luna/") == Redirect(410, "")
    assert [(thing.handle, thing.gone) for thing in kept] == [("luna", "2026-11-23")]
