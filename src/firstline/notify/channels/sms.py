"""SMS by an adapter (FIRSTLINE_SMS_ADAPTER). The one that comes along writes files and messages nobody."""

import json
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from firstline.kernel import clock
from firstline.notify.channels.letters import Letter, Outcome

_SHOWN_DIGITS = 4


class SmsAdapter(Protocol):
    """What an office writes for its own gateway.

    ``send`` hands a text to the gateway, with ``key`` to tell a repeat by; it raises nothing. ``sends`` is false for
    one that only pretends, and the settings page says so.
    """

    sends: bool

    def send(self, number: str, text: str, key: str) -> Outcome: ...


class ToFiles:
    """Writes each message into a file of its own in ``var/sms``; of the number only its last digits."""

    sends = False

    def send(self, number: str, text: str, key: str) -> Outcome:
        folder = Path(settings.FIRSTLINE_SMS_FOLDER)
        said = {"at": clock.now().isoformat(), "to": f"…{number[-_SHOWN_DIGITS:]}", "text": text}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / f"{key}.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        except OSError:
            return Outcome("not_written")
        return Outcome()


@cache
def adapter() -> SmsAdapter:
    """The adapter that is set. Raises ImproperlyConfigured where there is none of that name."""
    try:
        return cast("SmsAdapter", import_string(settings.FIRSTLINE_SMS_ADAPTER)())
    except (ImportError, TypeError) as problem:
        raise ImproperlyConfigured("FIRSTLINE_SMS_ADAPTER names no class that can be made.") from problem


def send(number: str, letter: Letter) -> Outcome:
    """Send a letter as one text: its title and its link."""
    return adapter().send(number, f"{letter.title}\n{letter.url}", str(letter.key))
