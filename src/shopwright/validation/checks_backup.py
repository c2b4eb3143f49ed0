"""Check of backups: saved while transactions go on, damaged, restored to a second, rehearsed."""

import datetime as dt
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shopwright.database.backup.backups import Backups, scratch_server
from shopwright.database.backup.key import load_or_make_key
from shopwright.database.backup.manifest import Manifest
from shopwright.database.backup.snapshot import Client
from shopwright.database.backup.vault import Vault
from shopwright.errors import BackupError
from shopwright.storage.objects.folder import FolderObjects
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

DOCUMENTS = 50_000
_TEXT = "x" * 900
"""Makes documents of about 1 KB."""
_SECONDS = 3


@dataclass
class _Transfers:
    """Transactions that were acknowledged: the cluster time of each, in order."""

    times: list[Any] = field(default_factory=list)

    def until(self, second: int) -> int:
        """How many were committed within a second or before."""
        return sum(one.time <= second for one in list(self.times))


@check("D5")
def backed_up(checkout: Checkout) -> Result:
    """Back up under load, flip a byte, restore to the end of a second and compare with what was acknowledged then."""
    work = checkout.work / "backup"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    key, _ = load_or_make_key(work / "backup.key")
    with scratch_server() as client:
        backups = Backups(client, Vault(FolderObjects(work / "vault"), key))
        _load(client)
        with _writing(client) as transfers:
            started = time.perf_counter()
            made = backups.take((), dt.datetime.now(dt.UTC).replace(microsecond=0), _quietly)
            saved = time.perf_counter() - started
            second = transfers.times[-1].time + 1
            while transfers.times[-1].time < second + _SECONDS:
                time.sleep(0.05)
            rehearsed = backups.rehearse(_quietly)
        at = dt.datetime.fromtimestamp(second, dt.UTC)
        started = time.perf_counter()
        done = backups.restore_tenant("shop", "copy", at, replace=False, progress=_quietly)
        restored = time.perf_counter() - started
        exact = _is_exact(client, transfers.until(second))
        found = _finds_damage(backups, made, work / "vault")
    shutil.rmtree(work)
    return Result(
        f"{made.documents:,} documents saved in {saved:.1f} s while transactions went on; restored to a second in "
        f"{restored:.1f} s with {done.operations:,} operations of the log: {'exact' if exact else 'NOT exact'}; "
        f"{rehearsed.collections} collections of a rehearsal equal; flipped bit {'found' if found else 'NOT found'}",
        passed=exact and found,
    )


def _load(client: Client) -> None:
    for collection in ("debit", "credit"):
        for start in range(0, DOCUMENTS // 2, 5_000):
            client.t_shop[collection].insert_many(
                {"_id": number, "amount": 100, "text": _TEXT} for number in range(start, start + 5_000)
            )
    client.t_shop.create_collection("journal")


@contextmanager
def _writing(client: Client) -> Iterator[_Transfers]:
    """Transfers between two collections, until the end of the context."""
    ended, transfers, half = threading.Event(), _Transfers(), DOCUMENTS // 2

    def transfer() -> None:
        shop = client.t_shop
        with client.start_session() as session:
            while not ended.is_set():
                number = len(transfers.times)
                with session.start_transaction():
                    shop.debit.update_one({"_id": number % half}, {"$inc": {"amount": -1}}, session=session)
                    shop.credit.update_one({"_id": number * 7 % half}, {"$inc": {"amount": 1}}, session=session)
                    shop.journal.insert_one({"_id": number}, session=session)
                transfers.times.append(session.operation_time)

    writer = threading.Thread(target=transfer)
    writer.start()
    while not transfers.times:
        time.sleep(0.01)
    try:
        yield transfers
    finally:
        ended.set()
        writer.join()


def _is_exact(client: Client, transfers: int) -> bool:
    """Whether the copy holds exactly the first so many transfers, and no half one."""
    copy = client.t_copy
    journal = sorted(document["_id"] for document in copy.journal.find())
    amounts = [
        sum(document["amount"] for document in copy[name].find({}, {"amount": 1})) for name in ("debit", "credit")
    ]
    half = DOCUMENTS // 2 * 100
    return journal == list(range(transfers)) and amounts == [half - transfers, half + transfers]


def _finds_damage(backups: Backups, made: Manifest, vault: Path) -> bool:
    path = vault / made.part(0)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    try:
        backups.check(made, _quietly)
    except BackupError:
        return True
    return False


def _quietly(done: int) -> None:
    del done
