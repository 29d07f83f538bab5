"""The page of the rules by which gaps climb: the bands as a form, what they do to each kind, and who changed them."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.gaps.escalation import TOWNSHIP, VILLAGE, Rules
from firstline.gaps.models import EscalationRules
from firstline.gaps.rules import RulesInForce
from firstline.kernel import gap_sources
from firstline.kernel.actors import Actor
from firstline.response.selectors import find_emergency

CHANGE = "gaps.change_rules"
# One more line than there are bands, so that another one can be written down.
_EMPTY = {"severity": "", "village": "", "township": ""}


def rules_page(actor: Actor, drafted: Rules | None = None, mistake: str = "") -> dict[str, Any]:
    """The rules of the emergency that leads where the actor is; with a draft, what would become of each kind."""
    ranges = actor.ranges(CHANGE)
    emergency = find_emergency(ranges[0].lo) if ranges else None
    rules = drafted or (RulesInForce().at(emergency.path) if emergency else Rules())
    bands = [
        {
            "severity": str(band.severity_from),
            "village": hours_of(band.village_minutes),
            "township": hours_of(band.township_minutes),
        }
        for band in rules.bands
    ]
    return {
        "section": "gaps:home",
        "ruled": emergency,
        "bands": [*bands, _EMPTY],
        "taken": hours_of(rules.taken_minutes_at_most),
        "relapse": hours_of(rules.relapse_minutes),
        "drafted": drafted is not None,
        "kinds": _kinds(rules) if rules.bands else [],
        "history": _history(emergency.pk) if emergency else [],
        "mistake": mistake,
    }


def hours_of(minutes: int) -> str:
    """Minutes as hours, with no more digits than they need: 90 is 1.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _kinds(rules: Rules) -> list[dict[str, Any]]:
    """What happens to each kind, the gravest first."""
    known = sorted(gap_sources.kinds().values(), key=lambda kind: (-kind.severity, kind.kind))
    return [
        {"title": kind.title, "severity": kind.severity, "climbs": _climbs(rules, kind.severity, kind.first_tier)}
        for kind in known
    ]


def _climbs(rules: Rules, severity: int, first_tier: int) -> str:
    band = rules.band_of(severity)
    village, township = hours_of(band.village_minutes), hours_of(band.township_minutes)
    if first_tier == VILLAGE:
        return _("to the township after %(village)s h, to the county after another %(township)s h") % {
            "village": village,
            "township": township,
        }
    if first_tier == TOWNSHIP:
        return _("begins at the township, to the county after %(township)s h") % {"township": township}
    return _("begins at the county")


def _history(emergency_id: uuid.UUID) -> list[dict[str, Any]]:
    rows = list(EscalationRules.objects.filter(emergency_id=emergency_id).order_by("-from_at", "-id"))
    names = names_of({row.by_person_id for row in rows})
    return [{"at": row.from_at, "by": names.get(row.by_person_id, ""), "bands": _said(row)} for row in rows]


def _said(row: EscalationRules) -> str:
    return _("; ").join(
        _("from %(severity)d: %(village)s h, %(township)s h")
        % {
            "severity": band["severity_from"],
            "village": hours_of(band["village_minutes"]),
            "township": hours_of(band["township_minutes"]),
        }
        for band in row.rules["bands"]
    )
