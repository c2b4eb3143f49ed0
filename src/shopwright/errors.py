"""The one error tree of Shopwright.

ShopwrightError
├── SettingsError        a setting or command option cannot be used
├── SourceError          a source is no catalogue, or cannot be read
│   └── LimitExceeded    an input is larger than its bound
├── ChangeRefused        a change of a kept catalogue cannot be made
│   ├── NotKept          a store, revision, product or collection is not in a kept catalogue
│   └── ChangedMeanwhile  a thing is no longer what whoever changes it has seen
├── PictureError         a picture cannot be fetched, decoded or encoded
├── ThemeError           a theme or a template cannot be used
│   ├── TemplateRefused   a template breaks the policy for templates
│   ├── ContextRefused    what a template is to be rendered with is not plain data
│   └── RenderLimitHit    a render needs more than it may: fuel, time, memory
├── BuildError           a store cannot be built
│   ├── AuditFailed      the built pages break a rule, so the site was not replaced
│   └── BuildLost        the process of a build ended before it was done
├── StorageError         a folder, file or target cannot be read or written
├── AuditLogError        the audit log cannot be kept, or is not what was written
├── DatabaseError        the database cannot do what it was asked
│   ├── DatabaseUnavailable   it cannot be started or reached, or did not answer in time
│   ├── DocumentRefused   a document, or a value to look for, is not what its collection is declared to hold
│   ├── DuplicateDocument   another document holds what must be unique
│   ├── ReferenceRefused   a document names what is not there, or is named by what would be left behind
│   ├── EncryptionError  a sealed field cannot be sealed or opened, or a tenant's key cannot be used
│   ├── StoreBusy        somebody else works on the store, and waiting for them took too long
│   └── LeaseLost        whoever works on the store took too long, and somebody else works on it now
├── AccessDenied         a caller may not do what they ask for
│   ├── TenantHidden     the tenant is another's, deleted, or was never there: which of these is not told
│   └── StepUpRequired   a dangerous action needs a second factor that was proved just now
├── TenantError          a tenant cannot be made, changed, moved or removed in the state it is in
├── SignInRefused        somebody did not prove who they are, or tries too often
├── AccountError         an account cannot be made or changed as asked
│   └── NoSuchUser       no user of the tenant has this id or address
├── BackupError          a backup cannot be made, read or restored
│   └── LogGap           the server no longer has the part of its log that joins the last copy
├── QuotaExceeded        a tenant has used all it may
├── Overloaded           there is no room for more work now
├── JobError             a job cannot be asked for, cancelled or repeated in the state it is in
│   ├── NoSuchJob        a tenant has no job of this id
│   └── JobCancelled     somebody cancelled the job that is worked on
├── BrowserAuditError    the browser, or a tool that looks at pages in it, cannot be used
└── CheckoutError        the source checkout lacks what the validation needs

Every error says what happened, where, and what to do about it. Errors of outside libraries are wrapped where they
enter.
"""

import datetime as dt
import re

_UNSHOWN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""What steers a terminal or turns a line around: messages quote files that anybody may have written."""


class ShopwrightError(Exception):
    """Something Shopwright was asked to do cannot be done.

    ``what`` says what happened, ``where`` names the place (file, row, template, option), ``remedy`` says what to do.
    Characters that steer a terminal become U+FFFD in each.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = (_UNSHOWN.sub("\ufffd", text) for text in (what, where, remedy))
        super().__init__(self.what, self.where, self.remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        stop = "" if self.what.endswith((".", "!", "?")) else "."
        return f"{place}{self.what}{stop}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Errors travel between processes whole."""
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind: type[ShopwrightError], what: str, where: str, remedy: str) -> ShopwrightError:
    return kind(what, where=where, remedy=remedy)


class SettingsError(ShopwrightError):
    """A setting or command option cannot be used."""


class SourceError(ShopwrightError):
    """A source is no catalogue, or cannot be read."""


class LimitExceeded(SourceError):
    """An input is larger than its bound."""


class ChangeRefused(ShopwrightError):
    """A change of a kept catalogue cannot be made: its result is no product, or others changed the same."""


class NotKept(ChangeRefused):
    """A store, revision, product or collection is not in a kept catalogue: to be answered with 404."""


class ChangedMeanwhile(ChangeRefused):
    """A thing is no longer what whoever changes it has seen: nothing was changed; to be answered with 412."""


class PictureError(ShopwrightError):
    """A picture cannot be fetched, decoded or encoded."""


class ThemeError(ShopwrightError):
    """A theme or a template cannot be used."""


class TemplateRefused(ThemeError):
    """A template breaks the policy for templates."""


class ContextRefused(ThemeError):
    """What a template is to be rendered with is not plain data within the bounds."""


class RenderLimitHit(ThemeError):
    """A render needs more than it may: fuel, output, time or memory."""


class BuildError(ShopwrightError):
    """A store cannot be built."""


class BuildLost(BuildError):
    """The process of a build ended before it was done: killed, or for want of memory. Trying again may help."""


class AuditFailed(BuildError):
    """The built pages break a rule, so the site was not replaced."""


class StorageError(ShopwrightError):
    """A folder, file or target cannot be read or written, or holds what cannot be trusted."""


class AuditLogError(ShopwrightError):
    """The audit log cannot be kept, or is not what was written."""


class DatabaseError(ShopwrightError):
    """The database cannot do what it was asked."""


class DatabaseUnavailable(DatabaseError):
    """The database cannot be started or reached, or did not answer in time."""


class DocumentRefused(DatabaseError):
    """A document, or a value to look for, is not what its collection is declared to hold. Never shows the value."""


class DuplicateDocument(DatabaseError):
    """Another document holds what must be unique. Never shows the value."""


class ReferenceRefused(DatabaseError):
    """A document names what is not there, or is named by what would be left behind. Never shows the value."""


class EncryptionError(DatabaseError):
    """A sealed field cannot be sealed or opened, or a tenant's key cannot be made, found, changed or destroyed.

    Never shows a value or a key.
    """


class StoreBusy(DatabaseError):
    """Somebody else works on the store, and waiting for them took too long."""


class LeaseLost(DatabaseError):
    """Whoever works on the store took too long, and somebody else works on it now: nothing was written."""


class AccessDenied(ShopwrightError):
    """A caller may not do what they ask for: to be answered with 403."""


class TenantHidden(AccessDenied):
    """The tenant is another's, deleted, or was never there; which of these is not told: to be answered with 404."""


class StepUpRequired(AccessDenied):
    """A dangerous action needs a second factor that was proved just now: sign in once more and ask again."""


class TenantError(ShopwrightError):
    """A tenant cannot be made, changed, moved or removed in the state it is in."""


class SignInRefused(ShopwrightError):
    """Somebody did not prove who they are, or tries too often. Never says which part of the proof was wrong.

    ``retry_after`` is the number of seconds until the next try is looked at; 0: at once.
    """

    retry_after: int = 0

    def __reduce__(self) -> tuple[object, ...]:
        """With its number."""
        return (*super().__reduce__(), vars(self))


class AccountError(ShopwrightError):
    """An account, its password or a service key cannot be made or changed as asked."""


class NoSuchUser(AccountError):
    """No user of the tenant has this id or address: to be answered with 404."""


class BackupError(ShopwrightError):
    """A backup cannot be made, read or restored."""


class LogGap(BackupError):
    """The server no longer has the part of its log that joins the last copy."""


class QuotaExceeded(ShopwrightError):
    """A tenant has used all it may of something, or would use more: nothing was begun.

    ``limit`` and ``used`` are in the quota's unit; ``resets_at`` (aware, UTC) is when it begins anew, None for what is
    kept or going on: that ends when something is removed or comes to its end. ``status`` is the answer of HTTP: 429
    (RFC 6585) for what time or an end of other work gives back, 403 for what stays used.
    """

    limit: int = 0
    used: int = 0
    resets_at: dt.datetime | None = None
    status: int = 403

    def __reduce__(self) -> tuple[object, ...]:
        """With its numbers."""
        return (*super().__reduce__(), vars(self))


class JobError(ShopwrightError):
    """A job cannot be asked for, cancelled or repeated in the state it is in, or there is none."""


class NoSuchJob(JobError):
    """A tenant has no job of this id: to be answered with 404."""


class JobCancelled(JobError):
    """Somebody cancelled the job that is worked on."""


class Overloaded(ShopwrightError):
    """There is no room for more work now: to be answered with 503 and ``Retry-After`` (RFC 9110, 10.2.3).

    ``retry_after`` is the number of seconds after which there may be; 0: on this machine there never is.
    """

    retry_after: int = 1

    def __reduce__(self) -> tuple[object, ...]:
        """With its number."""
        return (*super().__reduce__(), vars(self))


class BrowserAuditError(ShopwrightError):
    """The browser, or a tool that looks at pages in it, cannot be used."""


class CheckoutError(ShopwrightError):
    """The source checkout lacks what the validation needs."""
