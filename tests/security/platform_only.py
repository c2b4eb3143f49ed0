"""What only Shopwright itself calls, never for a caller who was let in: the other half of ``bootstrap.operations``.

A method is in one of the two, or a test fails: so nothing is forgotten.
"""

from shopwright.access.repository.ceremonies import CeremonyRepository
from shopwright.access.repository.keys import ServiceKeyRepository
from shopwright.access.repository.links import LinkRepository
from shopwright.access.repository.sessions import SessionRepository
from shopwright.access.repository.tries import TryRepository
from shopwright.access.repository.users import UserRepository
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.identity.factors import Factors
from shopwright.bootstrap.identity.federated import Federated
from shopwright.bootstrap.identity.identity import Identity
from shopwright.bootstrap.identity.keys import ServiceKeys
from shopwright.bootstrap.identity.passwords import Passwords
from shopwright.bootstrap.identity.proofs import Proofs
from shopwright.bootstrap.identity.sessions import Sessions
from shopwright.bootstrap.identity.sign_in import SignIn
from shopwright.catalog.repository.amounts import Amounts
from shopwright.catalog.repository.writing import writing
from shopwright.jobs.repository import JobRepository
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.multi_tenant.domains.repository.domains import DomainRepository
from shopwright.multi_tenant.quotas.repository.allowances import Allowances
from shopwright.multi_tenant.quotas.repository.meter import Meter
from shopwright.multi_tenant.repository.held import Held
from shopwright.multi_tenant.repository.tenants import Tenants

WHOLE = (
    *(CeremonyRepository, LinkRepository, ServiceKeyRepository, SessionRepository, TryRepository, UserRepository),
    *(SignIn, Federated, Proofs, Factors, Passwords, Sessions, Identity),
    *(Amounts, Allowances, Meter, Tenants, Held, DomainRepository),
)
"""Classes that are never handed to a caller: people's documents as they are stored; sign-in, which makes callers and
proves tokens itself; the meter, which is asked about callers; tenants and their domains, led from control."""

PLATFORM_ONLY = frozenset(
    (
        *(JobRepository.take, JobRepository.report, JobRepository.finish, JobRepository.fail),
        *(AuditTrail.record, AuditTrail.carry),
        *(LookRepository.change, LookRepository.put_theme),
        *(ServiceKeys.create, ServiceKeys.caller),
        writing,
    ),
)
"""Methods of classes that are handed to callers: what workers do with jobs, what the trail is told, keys of others,
looks and themes, which are checked before they are kept (``bootstrap.customisation``)."""
