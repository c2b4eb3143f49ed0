"""How tries are slowed down: the first are free, then each has to wait twice as long as the one before.

A try is counted before its proof is looked at, so that a thousand at once are no more than one after another. The wait
has a bound and the count is forgotten, so nobody is locked out for long, by whomever. Counted are (OWASP, device
cookies): an account from one network, an account from all networks together (which a browser that somebody has signed
in with before does not share), a network over all accounts, and the second factor of an account.
"""

import datetime as dt
from dataclasses import dataclass

_SECOND, _MINUTE, _HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """``free`` tries are not slowed; then a try waits ``first``, the next twice that, and so on up to ``longest``.

    After ``memory`` without a try, all are forgotten.
    """

    name: str
    free: int
    first: dt.timedelta
    longest: dt.timedelta
    memory: dt.timedelta

    def pause(self, count: int) -> dt.timedelta:
        """What must pass between try number ``count`` and the next."""
        beyond = count - self.free
        if beyond < 0:
            return dt.timedelta(0)
        return min(self.first * (1 << min(beyond, 20)), self.longest)


ACCOUNT_FROM_NETWORK = Rule("account-network", 5, 2 * _SECOND, 15 * _MINUTE, _HOUR)
ACCOUNT_FROM_DEVICE = Rule("account-device", 5, 2 * _SECOND, 15 * _MINUTE, _HOUR)
ACCOUNT = Rule("account", 50, 2 * _SECOND, _MINUTE, _HOUR)
NETWORK = Rule("network", 50, 2 * _SECOND, 15 * _MINUTE, _HOUR)
SECOND_FACTOR = Rule("second-factor", 5, 15 * _SECOND, 15 * _MINUTE, 24 * _HOUR)
QUESTION = Rule("question", 120, _SECOND, _MINUTE, _HOUR)
"""Questions put to browsers of which nobody knows yet whose they are."""

MAIL = Rule("mail", 3, _MINUTE, _HOUR, 24 * _HOUR)
"""Letters somebody lets us send to an address."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How many there were, when the next is looked at, and when they are forgotten."""

    count: int
    opens: dt.datetime
    ends: dt.datetime


def next_try(rule: Rule, before: Tries | None, now: dt.datetime) -> Tries | None:
    """The tries with one more, at ``now``; None while it is too early for one."""
    known = before if before and now < before.ends else None
    if known and now < known.opens:
        return None
    count = known.count + 1 if known else 1
    return Tries(count, now + rule.pause(count), now + rule.memory)


def taken_back(rule: Rule, tries: Tries, now: dt.datetime) -> Tries:
    """The tries with one less: it was the right proof."""
    return Tries(max(tries.count - 1, 0), now, now + rule.memory)


def seconds_left(tries: Tries, now: dt.datetime) -> int:
    """Whole seconds until the next try is looked at, at least 1."""
    return max(-((now - tries.opens) // _SECOND), 1)
