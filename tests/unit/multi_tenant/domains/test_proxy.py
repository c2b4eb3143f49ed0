import pytest

from shopwright.errors import SettingsError
from shopwright.multi_tenant.domains.proxy import Site, headers_by, headers_in, written
from shopwright.storage.header_rules import HeaderRules, parse_headers
from shopwright.storage.releases.release import Blob, Release, ReleaseFile

NONE = headers_by(HeaderRules())
SITES = [Site("sol.org", "5" * 40, "/srv/sol/sol", NONE), Site("luna.org", "a" * 40, "/srv/luna/main/live", NONE)]


def blocks(config):
    return [line for line in config.splitlines() if line.endswith(" {") and not line.startswith("\t")]


def test_caddy_has_a_site_for_each_domain_in_order():
    config = written("caddy", SITES)
    assert blocks(config) == ["http://luna.org {", "luna.org {", "http://sol.org {", "sol.org {"]
    assert "\troot * /srv/luna/main/live\n" in config
    assert config.count("{") == config.count("}")


def test_nginx_answers_for_no_other_name():
    config = written("nginx", SITES)
    assert config.startswith("server {\n    listen 80 default_server;\n    listen 443 ssl default_server;\n")
    assert "ssl_reject_handshake on;" in config
    assert config.count("server_name luna.org;") == 2
    assert "ssl_certificate /etc/letsencrypt/live/sol.org/fullchain.pem;" in config
    assert "return 301 https://sol.org$request_uri;" in config
    assert "root /srv/sol/sol;" in config
    assert config.count("{") == config.count("}")


@pytest.mark.parametrize("kind", ["caddy", "nginx"])
def test_a_domain_that_leads_here_goes_on_proving_itself(kind):
    config = written(kind, SITES)
    for site in SITES:
        assert config.count(f'"shopwright-domain={site.token}"') == 1


@pytest.mark.parametrize("kind", ["caddy", "nginx"])
def test_the_headers_of_a_store_are_said_for_what_they_are_of(kind):
    rules = parse_headers("/*\n  Content-Security-Policy: default-src 'none'\n/assets/*\n  Cache-Control: max-age=7\n")
    config = written(kind, [Site("luna.org", "a" * 40, "/srv/luna", headers_by(rules))])
    assert config.count("Content-Security-Policy \"default-src 'none'\"") == 3
    assert config.count('Cache-Control "max-age=7"') == 1
    assert config.count('Cache-Control "no-cache"') == 2
    assert " Content-Type " not in config


@pytest.mark.parametrize("kind", ["caddy", "nginx"])
@pytest.mark.parametrize("value", ['a"; root /etc; #', "$host", "{env.SECRET}", "a\\", "caf\u00e9", "`id`"])
def test_a_header_that_would_say_more_is_left_out(kind, value):
    headers = headers_by(parse_headers(f"/*\n  X-Mine: {value}\n"))
    config = written(kind, [Site("luna.org", "a" * 40, "/srv/luna", headers)])
    assert "X-Mine" not in config
    assert "X-Frame-Options" in config


def test_without_domains_there_is_nothing_to_serve():
    assert written("caddy", []) == ""
    assert written("nginx", []).count("server {") == 1


@pytest.mark.parametrize(
    ("domain", "root"),
    [
        ("luna.org {\n}\nevil.org", "/srv"),
        ("luna.org", "/srv; include /etc/passwd"),
        ("luna.org", "/srv/$uri"),
        ("luna.org", "srv"),
        ("*.org", "/srv"),
    ],
)
@pytest.mark.parametrize("kind", ["caddy", "nginx"])
def test_nothing_but_a_name_and_a_folder_comes_in(kind, domain, root):
    with pytest.raises(SettingsError, match="cannot stand in a configuration"):
        written(kind, [Site(domain, "a" * 40, root, NONE)])


def test_there_are_two_proxies():
    with pytest.raises(SettingsError, match="is no proxy"):
        written("apache", [])


def test_a_release_has_the_headers_of_its_own_files():
    paths = ["assets/b.css", "assets/a.css", "de/index.html", "404.html", "zz.txt"]
    files = {path: ReleaseFile(Blob("0" * 64, 1), {"X-Of": path}, {}) for path in paths}
    found = headers_in(Release("", files, ()))
    assert (found["assets"], found["others"]) == ({"X-Of": "assets/a.css"}, {"X-Of": "404.html"})
    assert found["worker"] == NONE["worker"]
