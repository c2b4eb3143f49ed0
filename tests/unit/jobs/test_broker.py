import pytest
from tests.brokers import BROKERS, counted

from shopwright.jobs import broker as broker_module
from shopwright.jobs.broker import Broker
from shopwright.performance.broker_metrics import OFFERED


@pytest.fixture(scope="module", params=BROKERS)
def server(request, tmp_path_factory):
    with BROKERS[request.param](tmp_path_factory.mktemp("broker") / "server") as made:
        yield made


@pytest.fixture
def broker(server):
    made = Broker(server.address, 60)
    made.waiting()
    made.forget()
    yield made
    made.close()


def offered(broker, end):
    before = counted(OFFERED, end)
    broker.offer()
    return counted(OFFERED, end) - before


def test_an_offer_waits_at_the_broker(broker):
    assert broker.look() == ""
    assert broker.waiting() == 0
    assert offered(broker, "sent") == 1
    assert broker.waiting() == 1


def test_no_more_wait_than_are_of_use(broker, monkeypatch):
    monkeypatch.setattr(broker_module, "MOST_WAITING", 2)
    assert [offered(broker, "sent") for _ in range(3)] == [1, 1, 0]
    assert offered(broker, "enough") == 1
    assert broker.waiting() == 2


def test_the_configuration_takes_nothing_from_a_message_but_that_it_came(broker):
    conf = broker.app.conf
    assert (conf.accept_content, conf.worker_enable_remote_control, conf.result_backend) == (["json"], False, None)
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost, conf.worker_prefetch_multiplier) == (True, True, 1)


@pytest.mark.parametrize("scheme", ["amqp", "redis"])
def test_a_broker_that_is_not_there_costs_only_the_offer(scheme):
    made = Broker(f"{scheme}://user:secret@127.0.0.1:1/", 60)
    assert made.look() == "it does not answer"
    assert offered(made, "lost") == 1
    assert "secret" not in repr(made)
    made.close()
