"""What can be done that a tenant's trail tells: a closed list, described in ``docs/reference/audit-log.md``."""

from shopwright.audit.record import ACTIONS as TEMPLATE_ACTIONS

_ACCOUNTS = {
    "session.start",
    "session.refuse",
    "session.step-up",
    "session.end",
    "user.create",
    "user.change",
    "user.disable",
    "user.enable",
    "user.delete",
    "user.lock",
    "user.unlock",
    "invitation.create",
    "invitation.accept",
    "invitation.revoke",
    "password.ask",
    "password.change",
    "password.reset",
    "factor.add",
    "factor.remove",
    "factor.use",
    "factor.reset",
    "key.create",
    "key.use",
    "key.revoke",
}
_ACCESS = {"access.allow", "access.refuse"}
_TENANT = {
    "tenant.create",
    "tenant.change",
    "tenant.suspend",
    "tenant.resume",
    "tenant.export",
    "tenant.import",
    "tenant.move",
    "tenant.delete",
    "quota.change",
    "quota.warn",
    "quota.refuse",
    "encryption.create",
    "encryption.rotate",
    "encryption.destroy",
    "settings.change",
    "brand.change",
    "theme.choose",
    "theme.delete",
    "domain.claim",
    "domain.prove",
    "domain.release",
}
_STORE = {
    "catalog.import",
    "catalog.edit",
    "catalog.delete",
    "catalog.restore",
    "catalog.undo",
    "catalog.prune",
    "catalog.export",
    "review.change",
    "release.publish",
    "release.rollback",
    "release.forget",
    "job.start",
    "job.cancel",
    "job.end",
    "experiment.change",
}
_DEPLOYMENT = {
    "backup.create",
    "backup.restore",
    "database.migrate",
    "database.mend",
    "audit.export",
    "audit.join",
    "audit.lose",
}

AUDITED = frozenset(_ACCOUNTS | _ACCESS | _TENANT | _STORE | _DEPLOYMENT | TEMPLATE_ACTIONS)
"""Every action an ``AuditEvent`` may have. A room that needs another adds it here and to the reference."""
