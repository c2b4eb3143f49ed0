"""Checks of rights: what each role may do as the reference says it, and that nobody enters a tenant of others."""

import asyncio
import datetime as dt
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL, Caller, Factor
from shopwright.access.permission import permitted, refuse
from shopwright.access.roles import Role
from shopwright.access.standing import Standing
from shopwright.api.route import BoundedRoute
from shopwright.api.routes.every import PUBLIC, ROUTERS
from shopwright.bootstrap.door import Door
from shopwright.bootstrap.operations import OPERATIONS
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.bootstrap.platform_door import platform_door
from shopwright.errors import AccessDenied, TenantHidden
from shopwright.multi_tenant.documents import TENANTS, State, TenantDocument
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
MOST_MICROSECONDS = 20.0
ROUNDS = 200
HOME, FOREIGN, GONE, NEVER = "rights-home", "rights-foreign", "rights-gone", "rights-never"

_ROW = re.compile(r"^\| `(\w+\.\w+)` \|(.+)\|$", re.MULTILINE)
_COLUMNS = (*Role, CONTROL, "step-up", "suspended")


@check("M4")
def rights(checkout: Checkout) -> Result:
    """Each role and action in the own tenant, active and suspended, in a foreign and a deleted one, as documented."""
    text = (checkout.root / "docs/reference/permissions.md").read_text()
    table = {action: _marked(cells) for action, cells in _ROW.findall(text)}
    wrong = [cell for cell in _cells() if _is_let_in(*cell) is not _expected(table, *cell)]
    microseconds = _microseconds()
    entered, open_ = _routes()
    return Result(
        f"{len(list(_cells())):,} cells of {len(Role)} roles, {len(Action)} actions and 4 situations, {len(wrong)} "
        f"other than documented; {len(OPERATIONS)} methods and {entered} routes have their action, "
        f"{len(open_)} routes enter no tenant; {microseconds:.1f} µs per permission",
        passed=not wrong and set(table) == set(Action) and open_ == PUBLIC and microseconds < MOST_MICROSECONDS,
    )


@check("M9")
def leakage(checkout: Checkout) -> Result:
    """Each role asks for each action in a foreign, a deleted and an unknown tenant, at the door of a real platform."""
    folder = checkout.work / "rights"
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_knocked(folder))
    return Result(
        f"{found['hidden']:,} of {found.total():,} attempts on tenants of others, deleted and unknown ones got the one "
        f"same answer; {found['in']} entered",
        passed=found.total() == found["hidden"] > 0,
    )


def _routes() -> tuple[int, frozenset[tuple[str, str]]]:
    """How many routes of the API enter a tenant, and which do not."""
    routes = [route for each in ROUTERS for route in each.routes if isinstance(route, BoundedRoute)]
    entered = [route for route in routes if route.action]
    rest = [route for route in routes if not route.action]
    return len(entered), frozenset((method, route.path) for route in rest for method in route.methods or ())


def _marked(cells: str) -> set[str]:
    return {name for name, cell in zip(_COLUMNS, cells.split("|"), strict=True) if cell.strip() == "yes"}


def _cells() -> Iterator[tuple[Role, Action, str, Standing]]:
    """(role, action, tenant, its standing)."""
    for role in Role:
        home = CONTROL if role is Role.OPERATOR else HOME
        places = [(home, Standing.ACTIVE), (FOREIGN, Standing.ACTIVE), (FOREIGN, Standing.CLOSED)]
        for tenant, standing in [*places, (home, Standing.SUSPENDED)]:
            yield from ((role, action, tenant, standing) for action in Action)


def _expected(table: dict[str, set[str]], role: Role, action: Action, tenant: str, standing: Standing) -> bool:
    marked = table.get(action, set())
    column = CONTROL if tenant == CONTROL else role
    if standing is Standing.CLOSED or (tenant == FOREIGN and role is not Role.OPERATOR) or column not in marked:
        return False
    return standing is not Standing.SUSPENDED or "suspended" in marked


def _is_let_in(role: Role, action: Action, tenant: str, standing: Standing) -> bool:
    try:
        refuse(_caller(role), action, tenant, standing, NOW)
    except AccessDenied:
        return False
    return True


def _caller(role: Role) -> Caller:
    """Somebody who proved two factors this moment."""
    factors = frozenset({Factor.PASSWORD, Factor.TOTP})
    tenant = CONTROL if role is Role.OPERATOR else HOME
    return Caller("0" * 32, tenant, role, factors, NOW, NOW, "0" * 32, None, "203.0.113.7")


def _microseconds() -> float:
    """Processor time of one look-up, over all roles and actions."""
    asked = [(_caller(role), action) for role in Role for action in Action] * ROUNDS
    started = time.process_time()
    for caller, action in asked:
        permitted(caller, action, HOME)
    return (time.process_time() - started) / len(asked) * 1e6


async def _knocked(folder: Path) -> Counter[str]:
    settings = DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo")
    async with open_platform(settings) as platform:
        await _record(platform, GONE, "deleted")
        for tenant in (HOME, FOREIGN):
            await _record(platform, tenant, "active")
            await platform.provision(tenant)
        door = replace(platform_door(platform, folder), now=lambda: NOW)
        callers = [_caller(role) for role in Role if role is not Role.OPERATOR]
        asked = [(caller, tenant) for caller in callers for tenant in (FOREIGN, GONE, NEVER, CONTROL)]
        answers = [await _knock(door, caller, tenant, action) for caller, tenant in asked for action in Action]
    return Counter(answers)


async def _record(platform: Platform, tenant: str, state: State) -> None:
    document = TenantDocument(id=tenant, title=tenant, state=state, cell="main", plan="own", created=NOW, changed=NOW)
    await platform.control.documents(TENANTS).put(document)


async def _knock(door: Door, caller: Caller, tenant: str, action: Action) -> str:
    try:
        async with door.enter(caller, tenant, action):
            return "in"
    except TenantHidden:
        return "hidden"
    except AccessDenied:
        return "told more"
