"""Host names."""

import pytest

from shopwright.storage.serving.folder_site import FolderSite
from shopwright.storage.serving.hosts import Hosts, host_name, one_site


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Shop.Example", "shop.example"),
        ("shop.example:8000", "shop.example"),
        ("shop.example.", "shop.example"),
        (" localhost ", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:80", "[::1]"),
        ("", ""),
        ("..", ""),
        ("../../etc", ""),
        ("a/b", ""),
        ("a\\b", ""),
        ("shop.example:evil", ""),
        ("shop.example@evil", ""),
        (".shopwright", ""),
        ("-a", ""),
        ("a..b", ""),
        ("a b", ""),
        ("\x00", ""),
        ("a" * 64, ""),
        ("é.example", ""),
        (".".join(["a" * 60] * 5), ""),
    ],
)
def test_names(header, name):
    assert host_name(header) == name


def test_sites_by_name(tmp_path):
    luna, sol = FolderSite(tmp_path), FolderSite(tmp_path)
    hosts = Hosts({"luna.example": luna})
    assert hosts.find("LUNA.example:80") is luna
    assert hosts.find("sol.example") is None
    assert Hosts({"luna.example": luna}, {"sol.example": sol}.get).find("sol.example") is sol
    assert one_site(sol).find("whatever/") is sol
