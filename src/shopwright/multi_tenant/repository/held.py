"""A tenant somebody works on alone: taken from state to state, and through the steps of a journal.

Each change of the tenant's document begins with the fence of the lease, so that whoever slept through its end changes
nothing any more. A step's name is noted when the step is done: killed between, it is done once more, so every step may
be done twice.
"""

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from shopwright.database.documents import Session
from shopwright.database.lease import Lease
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import TenantError
from shopwright.multi_tenant.documents import TENANTS, Journal, Operation, State, Step, TenantDocument

Change = Callable[[TenantDocument | None], TenantDocument]
"""What is stored becomes what shall be stored; raises ``TenantError`` where that may not be."""


@dataclass(frozen=True, slots=True)
class Work:
    """A step: its name, and what is done. Doing it twice is as doing it once."""

    name: str
    do: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class NewTenant:
    """What is asked for. ``source``: the SHA-256 of the manifest of the archive its contents come from."""

    handle: str
    title: str
    cell: str
    plan: str
    source: str | None = None


_ENDING = "Go on with that one, or take it back with `shopwright tenant delete`."
_GOES_ON = {"creating": "create", "deleting": "delete"}


@dataclass(frozen=True, slots=True)
class Held:
    """The tenant ``handle``, held by a lease."""

    control: TenantDatabase
    lease: Lease
    handle: str
    clock: Callable[[], dt.datetime]

    async def create(self, new: NewTenant) -> TenantDocument:
        """Begin a creation, or go on with one that was begun, as it was asked for then.

        Raises ``TenantError`` if there is, or was, a tenant of that name.
        """
        now = self.clock()

        def begin(there: TenantDocument | None) -> TenantDocument:
            if there is None:
                journal = _journal("import" if new.source else "create", now, source=new.source)
                return TenantDocument(
                    id=new.handle,
                    title=new.title,
                    state="creating",
                    cell=new.cell,
                    plan=new.plan,
                    created=now,
                    changed=now,
                    journal=journal,
                )
            _refuse_taken(there, new.source)
            return there

        return await self._change(begin)

    async def refuse_taken(self, source: str | None) -> None:
        """Raise ``TenantError`` unless a creation from this source may begin here, or go on: before work for it."""
        there = await self.control.documents(TENANTS).get(self.handle)
        if there:
            _refuse_taken(there, source)

    async def delete(self) -> TenantDocument:
        """Begin a deletion, or go on with one: from here on nobody enters. Raises ``TenantError``."""
        now = self.clock()

        def begin(there: TenantDocument | None) -> TenantDocument:
            tenant = _present(there, self.handle)
            if tenant.state == "deleting":
                return tenant
            _refuse_moving(tenant)
            return _after(tenant, now, state="deleting", journal=_journal("delete", now))

        return await self._change(begin)

    async def move(self, cell: str) -> TenantDocument:
        """Begin a move to another cell, or go on with one to the same cell. Raises ``TenantError``."""
        now = self.clock()

        def begin(there: TenantDocument | None) -> TenantDocument:
            tenant = _finished(there, self.handle)
            if tenant.journal and tenant.journal.to == cell:
                return tenant
            _refuse_moving(tenant)
            if tenant.cell == cell:
                raise TenantError(f"it lives in {cell} already.", where=self.handle)
            return _after(tenant, now, journal=_journal("move", now, origin=tenant.cell, to=cell))

        return await self._change(begin)

    async def step(self, work: Work) -> TenantDocument:
        """Do a step unless the journal says that it is done, and note it there. Raises what the step raises."""
        there = await self.read()
        if there.journal and work.name in there.journal.names:
            return there
        await work.do()
        now = self.clock()

        def note(there: TenantDocument | None) -> TenantDocument:
            tenant, known = self._journalled(there)
            return _after(tenant, now, journal=_with(known, done=(*known.done, Step(name=work.name, at=now))))

        return await self._change(note)

    async def steps(self, works: Sequence[Work]) -> None:
        """Do steps in their order. Raises what a step raises; the next call goes on with that one."""
        for work in works:
            await self.step(work)

    async def again(self) -> TenantDocument:
        """Let every step of the journal be done once more: what one of them did was not enough."""
        now = self.clock()

        def forget(there: TenantDocument | None) -> TenantDocument:
            tenant, journal = self._journalled(there)
            return _after(tenant, now, journal=_with(journal, done=()))

        return await self._change(forget)

    async def freeze(self, *, frozen: bool) -> TenantDocument:
        """Say in the journal that nothing may be changed for a moment, or that this is over."""
        now = self.clock()

        def say(there: TenantDocument | None) -> TenantDocument:
            tenant, journal = self._journalled(there)
            return _after(tenant, now, journal=_with(journal, frozen=frozen))

        return await self._change(say)

    async def lives_in(self, cell: str, step: str) -> TenantDocument:
        """The tenant lives in another cell from now on; the journal notes it as ``step``, and the freeze is over."""
        now = self.clock()

        def switch(there: TenantDocument | None) -> TenantDocument:
            tenant, journal = self._journalled(there)
            done = (*journal.done, Step(name=step, at=now))
            return _after(tenant, now, cell=cell, journal=_with(journal, done=done, frozen=False))

        return await self._change(switch)

    async def finish(self, state: State | None = None, proof: str | None = None) -> TenantDocument:
        """End the operation of the journal; the tenant is in ``state``, or in the one it was in."""
        now = self.clock()

        def end(there: TenantDocument | None) -> TenantDocument:
            tenant, _ = self._journalled(there)
            return _after(tenant, now, state=state or tenant.state, journal=None, proof=proof)

        return await self._change(end)

    async def to_state(self, state: State) -> TenantDocument:
        """Another state of a tenant that is neither half made nor half deleted. Raises ``TenantError``."""
        now = self.clock()

        def turn(there: TenantDocument | None) -> TenantDocument:
            tenant = _finished(there, self.handle)
            return tenant if tenant.state == state else _after(tenant, now, state=state)

        return await self._change(turn)

    async def describe(self, *, title: str | None = None, plan: str | None = None) -> TenantDocument:
        """Change what is said of a tenant. Raises ``TenantError``, ``DocumentRefused``."""
        now = self.clock()
        values = {name: value for name, value in {"title": title, "plan": plan}.items() if value is not None}

        def write(there: TenantDocument | None) -> TenantDocument:
            return _after(_finished(there, self.handle), now, **values)

        return await self._change(write)

    async def read(self) -> TenantDocument:
        """The tenant now. Raises ``TenantError`` if it is not there."""
        return _present(await self.control.documents(TENANTS).get(self.handle), self.handle)

    async def _change(self, change: Change) -> TenantDocument:
        async def work(session: Session) -> TenantDocument:
            await self.lease.fence(session)
            documents = self.control.documents(TENANTS)
            there = await documents.get(self.handle, session=session)
            wanted = change(there)
            if wanted != there:
                await documents.put(wanted, session=session)
            return wanted

        return await self.control.transaction(work)

    def _journalled(self, there: TenantDocument | None) -> tuple[TenantDocument, Journal]:
        tenant = _present(there, self.handle)
        if tenant.journal is None:
            raise TenantError("nothing is at work on it.", where=self.handle)
        return tenant, tenant.journal


def _journal(operation: Operation, now: dt.datetime, **values: str | None) -> Journal:
    return Journal.model_validate({"id": secrets.token_hex(16), "operation": operation, "begun": now, **values})


def _after(tenant: TenantDocument, now: dt.datetime, **values: object) -> TenantDocument:
    """The tenant with other values, checked."""
    return TenantDocument.model_validate({**dict(tenant), **values, "changed": now})


def _with(journal: Journal, **values: object) -> Journal:
    return Journal.model_validate({**dict(journal), **values})


def _present(there: TenantDocument | None, handle: str) -> TenantDocument:
    if there is None or there.state == "deleted":
        raise TenantError(
            "there is no such tenant.", where=handle, remedy="`shopwright tenant list` shows those there are."
        )
    return there


def _finished(there: TenantDocument | None, handle: str) -> TenantDocument:
    """A tenant that was made and is not being deleted."""
    tenant = _present(there, handle)
    if command := _GOES_ON.get(tenant.state):
        remedy = f"`shopwright tenant {command} {handle}` goes on with it."
        raise TenantError(f"it is half {'made' if command == 'create' else 'deleted'}.", where=handle, remedy=remedy)
    return tenant


def _refuse_moving(tenant: TenantDocument) -> None:
    if tenant.journal and tenant.journal.operation == "move":
        remedy = f"`shopwright tenant move {tenant.id} --to {tenant.journal.to}` goes on with it."
        raise TenantError(f"it is being moved to {tenant.journal.to}.", where=tenant.id, remedy=remedy)


def _refuse_taken(there: TenantDocument, source: str | None) -> None:
    if there.state != "creating":
        raise _taken(there)
    if there.journal and there.journal.source != source:
        raise TenantError("another import or creation of it was begun.", where=there.id, remedy=_ENDING)


def _taken(there: TenantDocument) -> TenantError:
    if there.state == "deleted":
        return TenantError("there was a tenant of that name.", where=there.id, remedy="Take another name.")
    if there.state == "deleting":
        remedy = f"`shopwright tenant delete {there.id}` goes on with it."
        return TenantError("it is half deleted.", where=there.id, remedy=remedy)
    return TenantError("there is a tenant of that name.", where=there.id, remedy="Take another name, or change it.")
