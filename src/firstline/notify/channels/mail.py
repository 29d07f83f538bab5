"""E-mail by the office's own server (FIRSTLINE_EMAIL_URL); without it the channel is off."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from firstline.notify.channels.letters import Letter, Outcome

_NO_SUCH_BOX = range(500, 600)


def is_on() -> bool:
    """Whether a mail server is set."""
    return bool(settings.FIRSTLINE_EMAIL)


def send(address: str, letter: Letter) -> Outcome:
    """Send a letter as plain text. Its id follows from the parcel, so that a second copy can be told as one."""
    host = urlsplit(settings.ORIGIN).hostname
    mail = EmailMessage(
        subject=_("Firstline: %(title)s") % {"title": letter.title},
        body=letter.text,
        to=[address],
        headers={"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code = next((number for number, _said in refused.recipients.values()), 550)
        return Outcome(f"smtp_{code}", for_good=code in _NO_SUCH_BOX)
    except smtplib.SMTPResponseException as problem:
        return Outcome(f"smtp_{problem.smtp_code}")
    except TimeoutError:
        return Outcome("timeout")
    except (smtplib.SMTPException, OSError):
        return Outcome("unreachable")
    except ValueError:
        # A header that no mail may have: an address with a line break in it.
        return Outcome("no_address", for_good=True)
    return Outcome()
