"""Everything that can be done by a caller: a permission is asked for one of these, and nothing else can be asked for.

An action is named ``subject.verb``. Who may do which stands in ``access.permission``.
"""

from enum import StrEnum, unique


@unique
class Action(StrEnum):
    """What a caller asks to do to a tenant. A verb is ``read`` exactly where nothing is changed and nothing taken out.

    Actions of ``account`` concern the caller's own account only.
    """

    ACCOUNT_READ = "account.read"
    ACCOUNT_ENROL = "account.enrol"
    """Set up the first second factor: the one thing to do for who has none yet."""
    ACCOUNT_CHANGE = "account.change"
    """Password, further factors, recovery codes, ending one's own sessions."""

    CATALOG_READ = "catalog.read"
    CATALOG_CHANGE = "catalog.change"
    CATALOG_PRUNE = "catalog.prune"
    """Forget old revisions for good."""
    REVIEW_READ = "review.read"
    REVIEW_MODERATE = "review.moderate"
    RELEASE_READ = "release.read"
    RELEASE_PUBLISH = "release.publish"
    """Build and publish, go back to an earlier release, forget one that is not live."""
    JOB_READ = "job.read"
    JOB_START = "job.start"
    EXPERIMENT_READ = "experiment.read"
    EXPERIMENT_CHANGE = "experiment.change"

    BRAND_READ = "brand.read"
    BRAND_CHANGE = "brand.change"
    """Name, colours, logo, theme chosen, locales, currencies."""
    DOMAIN_READ = "domain.read"
    DOMAIN_CHANGE = "domain.change"
    TEMPLATE_READ = "template.read"
    TEMPLATE_UPLOAD = "template.upload"

    USER_READ = "user.read"
    USER_INVITE = "user.invite"
    USER_CHANGE = "user.change"
    """Give another role, disable, enable, let somebody start over with password and factors."""
    SESSION_READ = "session.read"
    SESSION_END = "session.end"
    KEY_READ = "key.read"
    KEY_CREATE = "key.create"
    KEY_REVOKE = "key.revoke"

    AUDIT_READ = "audit.read"
    """Search and verify the audit trail."""
    AUDIT_EXPORT = "audit.export"
    USAGE_READ = "usage.read"
    QUOTA_CHANGE = "quota.change"

    TENANT_READ = "tenant.read"
    TENANT_CHANGE = "tenant.change"
    TENANT_EXPORT = "tenant.export"
    TENANT_DELETE = "tenant.delete"
    TENANT_CREATE = "tenant.create"
    TENANT_SUSPEND = "tenant.suspend"
    TENANT_RESUME = "tenant.resume"
    TENANT_MOVE = "tenant.move"

    ENCRYPTION_READ = "encryption.read"
    ENCRYPTION_ROTATE = "encryption.rotate"
    DATABASE_READ = "database.read"
    """State of the schema, references that lead nowhere."""
    DATABASE_MEND = "database.mend"
    """Bring the schema up to date, mend or sweep what a check found."""
    BACKUP_READ = "backup.read"
    BACKUP_CREATE = "backup.create"
    BACKUP_RESTORE = "backup.restore"

    @property
    def subject(self) -> str:
        """What the action is done to: the part before the dot."""
        return self.value.partition(".")[0]

    @property
    def reads(self) -> bool:
        """Whether it only looks."""
        return self.value.endswith(".read")
