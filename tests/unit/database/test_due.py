import asyncio
import datetime as dt

from shopwright.database.conditions import Add
from shopwright.database.document import Document, DocumentType, Moment, Query
from shopwright.database.due import put_off, take_due


class Task(Document):
    id: str
    open: bool
    due: Moment
    times: int = 0
    note: str = ""


DUE = Query("due", ("open",), sort=("due",))
TASKS = DocumentType("tasks", Task, (DUE,))
PAST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


async def take(database, seconds=60.0, **changes):
    return await take_due(database.documents(TASKS), DUE, {"open": True}, changes or {"times": Add(1)}, seconds)


async def test_the_longest_due_is_taken_and_due_again_later(tenant_database):
    tasks = tenant_database.documents(TASKS)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    await tasks.insert_all([Task(id="b", open=True, due=PAST + dt.timedelta(1)), Task(id="a", open=True, due=PAST)])
    await tasks.insert_all([Task(id="later", open=True, due=later), Task(id="over", open=False, due=PAST)])
    assert [(await take(tenant_database)).id for _ in range(2)] == ["a", "b"]
    assert await take(tenant_database) is None
    taken = await tasks.get("a")
    assert taken.times == 1
    assert abs(taken.due - dt.datetime.now(dt.UTC) - dt.timedelta(seconds=60)) < dt.timedelta(seconds=30)


async def test_of_many_at_once_each_takes_another(tenant_database):
    await tenant_database.documents(TASKS).insert_all(Task(id=str(n), open=True, due=PAST) for n in range(12))
    taken = await asyncio.gather(*(take(tenant_database) for _ in range(16)))
    assert sorted(task.id for task in taken if task) == sorted(str(n) for n in range(12))


async def test_values_are_never_expressions(tenant_database):
    await tenant_database.documents(TASKS).insert(Task(id="a", open=True, due=PAST))
    assert (await take(tenant_database, note="$$ROOT")).note == "$$ROOT"


async def test_what_is_put_off_must_be_as_expected(tenant_database):
    tasks = tenant_database.documents(TASKS)
    await tasks.insert(Task(id="a", open=True, due=PAST))
    assert await put_off(tasks, "a", "due", 60, changes={"times": Add(2)}, expected={"times": 1}) is None
    done = await put_off(tasks, "a", "due", 60, changes={"times": Add(2)}, expected={"times": 0})
    assert (done.times, done.due > dt.datetime.now(dt.UTC)) == (2, True)
