"""Telling somebody by e-mail."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from shopwright.performance.alerts.contact import Mail, read_secret
from shopwright.performance.alerts.message import Message

SECONDS = 10.0
"""For each step of one attempt."""


def tell(mail: Mail, message: Message) -> None:
    """Hand a message to the server, once. Raises ``OSError`` when it does not take it for everybody."""
    context = ssl.create_default_context()
    with _connected(mail, context) as server:
        if mail.tls == "starttls":
            server.starttls(context=context)
        if mail.user and mail.password_file:
            server.login(mail.user, read_secret(mail.password_file))
        refused = server.send_message(_written(mail, message))
    if refused:
        raise ConnectionError(f"it was not taken for {len(refused)} of {len(mail.to)}")


def _connected(mail: Mail, context: ssl.SSLContext) -> smtplib.SMTP:
    if mail.tls == "always":
        return smtplib.SMTP_SSL(mail.server, mail.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(mail.server, mail.port, timeout=SECONDS)


def _written(mail: Mail, message: Message) -> EmailMessage:
    written = EmailMessage()
    written["From"] = mail.sender
    written["To"] = ", ".join(mail.to)
    written["Subject"] = message.subject
    written["Date"] = format_datetime(message.at)
    written["Message-ID"] = f"<{message.id.replace('/', '.')}@{mail.sender.rpartition('@')[2]}>"
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(message.as_text())
    return written
