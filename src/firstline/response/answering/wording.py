"""How the ledger says what was done about who answers, and who looked at a number."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.kernel import wording
from firstline.response.models import Duty, FiveRole, Rank, Tier

wording.register(
    acts={
        "response.assign": _("named who answers"),
        "response.hand_over": _("handed over to somebody who answers now"),
        "response.end_responsibility": _("said that somebody answers no more"),
        "response.follow_succession": _("named who answers where a division went over into others"),
        "response.take_back": _("took back who answers"),
        "response.set_load_limit": _("said how much one person may answer for"),
        "response.record_absence": _("said that somebody is away"),
        "response.end_absence": _("said that somebody is back"),
        "response.record_own_absence": _("said that they are away themselves"),
        "response.end_own_absence": _("said that they are back themselves"),
        "response.keep_household": _("put five people round a household"),
        "response.name_five": _("named one of the five round a household"),
        "response.release_household": _("said that a household needs the five no more"),
        "response.name_five_role": _("said what one of the five is called"),
        "response.read_phone": _("looked at the phone of somebody who answers"),
        "response.read_households": _("looked at why five people see to a household"),
        "response.read_absences": _("looked at why somebody is away"),
    },
    fields={
        "tier": pgettext_lazy("of three", "Level"),
        "duty": _("Duty"),
        "rank": _("Rank"),
        "label": _("Called"),
        "deputy": _("Stands in"),
        "reason": _("Why"),
        "five": _("One of the five"),
        "load_places": _("Places for one person"),
        "load_posts": _("Posts for one person"),
        "load_households": _("Key households for one person"),
    },
    values={
        "tier": dict(Tier.choices),
        "duty": dict(Duty.choices),
        "rank": dict(Rank.choices),
        "five": dict(FiveRole.choices),
        "fields": {"phone": _("phone"), "reason": _("why")},
    },
)
