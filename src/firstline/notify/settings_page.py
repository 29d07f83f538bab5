"""The page on which somebody chooses how to hear of messages, and what each channel can do here."""

from typing import Any

from django.utils.translation import gettext as _

from firstline.kernel import ports
from firstline.kernel.actors import Actor
from firstline.notify import selectors
from firstline.notify.channels import mail, sms
from firstline.notify.models import Channel
from firstline.notify.models.messages import URGENT

DIGEST_HOURS = (7, 9, 12, 15, 18, 21)
# Above what any message has.
NOTHING = 101


def settings_page(actor: Actor, mistake: str = "") -> dict[str, Any]:
    """What the page shows to this reader."""
    chosen = selectors.preference_of(actor)
    return {
        "section": "notify:messages",
        "mistake": mistake,
        "chosen": chosen,
        "mail": _channel(actor, Channel.EMAIL, on=mail.is_on(), off=_("No mail server is set, so no e-mail is sent.")),
        "sms": _channel(
            actor,
            Channel.SMS,
            on=sms.adapter().sends,
            off=_("No SMS gateway is set: what would be sent is written into a file on the server."),
        ),
        "above": [
            {"value": URGENT, "label": _("only what is urgent"), "chosen": chosen.quiet_above < NOTHING},
            {"value": NOTHING, "label": _("nothing at all"), "chosen": chosen.quiet_above >= NOTHING},
        ],
        "hours": [
            {"value": hour, "label": f"{hour:02d}:00", "chosen": hour in chosen.digest_hours} for hour in DIGEST_HOURS
        ],
    }


def _channel(actor: Actor, channel: Channel, *, on: bool, off: str) -> str:
    """What stands beside a channel: why it does nothing, or where it goes."""
    address = ports.addresses_of([actor.person_id], channel).get(actor.person_id, "")
    if not on:
        return off
    if not address:
        return _("You have no address for this on record. Ask whoever enrolled you.")
    return _("to %(address)s") % {"address": _masked(address)}


def _masked(address: str) -> str:
    box, at, host = address.partition("@")
    return f"{box[:1]}…@{host}" if at else f"…{address[-4:]}"
