"""A broker of messages (RabbitMQ or Redis) that wakes workers, through Celery: how it is spoken to. Needs ``workers``.

A message says one thing: somebody has work. Whose, and which, stands in the database alone. So whoever can write to the
broker can waste a little time of workers, and whoever can read it learns when something was asked for.
"""

import logging
from urllib.parse import urlsplit

from celery import Celery
from kombu import Connection, Exchange, Queue
from kombu.exceptions import OperationalError

from shopwright.performance.broker_metrics import OFFERED, WAITING

NAME = "shopwright"
"""Of the queue and its exchange; in Redis, the key of the list."""

TASK = "shopwright.work"

MOST_WAITING = 1_000
"""Messages in the queue beyond which none is added: each that waits leads a worker to whoever's turn it is then."""

SECONDS = 2.0
"""For the broker to answer whoever sends or looks."""


_CHATTY = ("celery.app.trace", "celery.worker.strategy", "kombu.transport.native_delayed_delivery")
"""What says something of each message, or of delays that nobody asks for."""


class Broker:
    """The broker at an address (``amqp://``, ``redis://``), spoken to by one thread at a time.

    ``longest`` is how many seconds a message may be worked on before Redis gives it to another worker (RabbitMQ has a
    setting of its own, ``consumer_timeout``). ``name`` is that of the queue.
    """

    def __init__(self, address: str, longest: float, name: str = NAME) -> None:
        for chatty in _CHATTY:
            logging.getLogger(chatty).setLevel(logging.ERROR)
        self._name = name
        self._longest = longest
        is_amqp = urlsplit(address).scheme == "amqp"
        arguments = {"x-queue-type": "quorum"} if is_amqp else {}
        self._queue = Queue(name, Exchange(name), routing_key=name, durable=True, queue_arguments=arguments)
        self.app = Celery(NAME, set_as_current=False, broker=address)
        self.app.conf.update(self._configuration(is_amqp=is_amqp))
        self._connection = Connection(address, connect_timeout=SECONDS, transport_options=_patience(is_amqp=is_amqp))

    def _configuration(self, *, is_amqp: bool) -> dict[str, object]:
        """Nothing is taken from a message but that it came: one task, no remote control, no results, no events."""
        return {
            "accept_content": ["json"],
            "broker_connection_max_retries": None,
            "broker_connection_retry_on_startup": True,
            "broker_connection_timeout": SECONDS,
            "broker_transport_options": {} if is_amqp else {"visibility_timeout": self._longest},
            "task_acks_late": True,
            "task_create_missing_queues": False,
            "task_default_queue": self._name,
            "task_ignore_result": True,
            "task_queues": [self._queue],
            "task_reject_on_worker_lost": True,
            "task_serializer": "json",
            "worker_enable_remote_control": False,
            "worker_hijack_root_logger": False,
            "worker_prefetch_multiplier": 1,
        }

    def offer(self) -> None:
        """Say that there is work. A broker that does not take it costs only time: workers look by themselves too."""
        try:
            end = self._offer()
        except (OperationalError, OSError, *self._errors):
            self._connection.close()
            end = "lost"
        OFFERED.add(end)

    def _offer(self) -> str:
        if self.waiting() >= MOST_WAITING:
            return "enough"
        with self.app.amqp.Producer(self._connection) as producer:
            self.app.send_task(TASK, producer=producer, retry=False)
        return "sent"

    def look(self) -> str:
        """What is wrong with the broker, in our own words; empty: nothing."""
        try:
            self.waiting()
        except (OperationalError, OSError, *self._errors):
            self._connection.close()
            return "it does not answer"
        return ""

    def waiting(self) -> int:
        """Messages that nobody works on yet. Raises an error of the broker's."""
        if not self._connection.connected:
            self._connection.ensure_connection(max_retries=1, timeout=SECONDS)
            self._queue(self._connection.default_channel).declare()
        arguments = self._queue.queue_arguments
        declared = self._connection.default_channel.queue_declare(
            self._name, durable=True, auto_delete=False, arguments=arguments
        )
        number: int = declared.message_count
        WAITING.set(number)
        return number

    def forget(self) -> None:
        """Take the queue and all that waits in it away."""
        self._queue(self._connection.default_channel).delete()

    def close(self) -> None:
        """End the connection of whoever sends and looks."""
        self._connection.close()

    @property
    def _errors(self) -> tuple[type[Exception], ...]:
        return (*self._connection.connection_errors, *self._connection.channel_errors)


def _patience(*, is_amqp: bool) -> dict[str, object]:
    """Of the connection that sends and looks: no answer is waited for longer; RabbitMQ confirms what it has taken."""
    if is_amqp:
        return {"confirm_publish": True, "read_timeout": SECONDS, "write_timeout": SECONDS}
    return {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
