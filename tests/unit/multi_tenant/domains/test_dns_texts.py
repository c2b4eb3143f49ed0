import socket

from tests.unit.multi_tenant.domains.name_server import name_server

from shopwright.multi_tenant.domains import dns_texts
from shopwright.multi_tenant.domains.dns_texts import MOST_RECORDS, DnsTexts


def test_texts_are_read_from_real_packets():
    long = "a" * 300
    with name_server({"_shopwright.luna.org": ["one", long]}) as port:
        ask = DnsTexts("127.0.0.1", port)
        assert set(ask("_shopwright.luna.org")) == {"one", long}
        assert ask("_shopwright.sol.org") == ()


def test_a_name_that_is_none_has_no_texts():
    assert DnsTexts("127.0.0.1", 1)("a" * 70 + ".org") == ()
    assert DnsTexts("127.0.0.1", 1)("a..org") == ()


def test_nobody_is_waited_for_long(monkeypatch):
    monkeypatch.setattr(dns_texts, "SECONDS", 0.2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        assert DnsTexts("127.0.0.1", silent.getsockname()[1])("luna.org") == ()


def test_records_are_bounded():
    with name_server({"luna.org": [str(number) for number in range(MOST_RECORDS + 5)]}) as port:
        assert len(DnsTexts("127.0.0.1", port)("luna.org")) == MOST_RECORDS


def test_the_resolver_of_the_machine_is_the_usual_one():
    assert DnsTexts()._resolver().cache is None
