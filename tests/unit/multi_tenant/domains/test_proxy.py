import pytest

from shopwright.errors import SettingsError
from shopwright.multi_tenant.domains.proxy import Site, written

SITES = [Site("sol.org", "/srv/sol/sol"), Site("luna.org", "/srv/luna/main")]


def test_caddy_has_a_site_for_each_domain_in_order():
    config = written("caddy", SITES)
    assert [line for line in config.splitlines() if line.endswith(" {") and not line.startswith("\t")] == [
        "luna.org {",
        "sol.org {",
    ]
    assert "\troot * /srv/luna/main\n" in config
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


def test_without_domains_there_is_nothing_to_serve():
    assert written("caddy", []) == ""
    assert written("nginx", []).count("server {") == 1


@pytest.mark.parametrize(
    "site",
    [
        Site("luna.org {\n}\nevil.org", "/srv"),
        Site("luna.org", "/srv; include /etc/passwd"),
        Site("luna.org", "/srv/$uri"),
        Site("luna.org", "srv"),
        Site("*.org", "/srv"),
    ],
)
@pytest.mark.parametrize("kind", ["caddy", "nginx"])
def test_nothing_but_a_name_and_a_folder_comes_in(kind, site):
    with pytest.raises(SettingsError, match="cannot stand in a configuration"):
        written(kind, [site])


def test_there_are_two_proxies():
    with pytest.raises(SettingsError, match="is no proxy"):
        written("apache", [])
