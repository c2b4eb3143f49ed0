"""Another secret for the database users of all tenants, without holding anybody up.

First every database gets a user of the new secret beside the old one, then the file of the secret is replaced: from
then on new connections log in as the new users, within a second in processes that run already. When none uses the old
ones any more, they are retired.
"""

from collections.abc import AsyncIterator

from shopwright.bootstrap.platform import Platform, open_platform, types_of
from shopwright.database.cluster import CONTROL, Cluster
from shopwright.database.isolation.provision import provision, retire
from shopwright.database.isolation.user_secret import UserSecret, UserSecretFile
from shopwright.errors import SettingsError
from shopwright.settings import DatabaseSettings


async def rotate_users(settings: DatabaseSettings) -> int:
    """Make the users of a new secret, and the secret current; how many databases have one now.

    Cut short before its end, the old secret stays current, and the users made so far are retired with the others.
    Raises ``DatabaseError``; ``SettingsError`` where tenants have no users of their own.
    """
    file = _file(settings)
    async with open_platform(settings) as platform:
        new = file.current().next()
        await _provision(platform, new)
        file.keep(new)
        return await _provision(platform, new)  # those too that were made meanwhile, with the old one


async def retire_users(settings: DatabaseSettings) -> int:
    """Remove every user that another secret than the current one made; how many. Raises as above.

    A process that was started before the last rotation and still uses the control database has to be restarted first.
    """
    current = _file(settings).current()
    async with open_platform(settings) as platform:
        return sum([await retire(cluster, name, current) async for cluster, name in _databases(platform)])


async def _provision(platform: Platform, secret: UserSecret) -> int:
    made = [await provision(cluster, name, types_of(name)[0], secret) async for cluster, name in _databases(platform)]
    return len(made)


async def _databases(platform: Platform) -> AsyncIterator[tuple[Cluster, str]]:
    yield platform.cluster, CONTROL
    async for cluster, tenant in platform.cells.everyone():
        yield cluster, tenant


def _file(settings: DatabaseSettings) -> UserSecretFile:
    if not settings.tenant_users:
        raise SettingsError(
            "Tenants have no database users of their own.", where="SHOPWRIGHT_TENANT_USERS", remedy="Set it to yes."
        )
    return UserSecretFile(settings.user_secret_file)
