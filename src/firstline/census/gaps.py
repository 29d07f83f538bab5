"""What the census is missing: doors nobody has been to, doors to go to again. One cause is one line."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.coverage import COMPOUND_LENGTH, CompoundCoverage, coverage_of
from firstline.census.models import DoorState
from firstline.census.results import DONE, Outcome
from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges
from firstline.response.selectors import find_emergency

_MOST_COMPOUNDS, _COMMUNITY_LENGTH = 100, 12


@dataclass(frozen=True, slots=True)
class _Kind:
    """A cause: which outcomes share it, what is done about it, how it weighs among others."""

    kind: str
    outcomes: frozenset[Outcome]
    title: str | Promise
    action_label: str | Promise
    severity: int

    @property
    def view(self) -> str:
        """The filter of the compound's page that shows these doors."""
        return f"?outcome={min(self.outcomes).value}" if len(self.outcomes) == 1 else "?view=tonight"


_KINDS = (
    _Kind("doors_untried", frozenset({Outcome.UNTRIED}), _("Nobody has ever been there"), _("Go there"), 60),
    _Kind("doors_tonight", frozenset({Outcome.TONIGHT}), _("Asked us to come tonight"), _("Tonight's walk"), 55),
    _Kind(
        "doors_knocked",
        frozenset({Outcome.KNOCKED_ONCE, Outcome.KNOCKED_TWICE}),
        _("Not at home, knock again"),
        _("Tonight's walk"),
        50,
    ),
    _Kind("doors_refused", frozenset({Outcome.REFUSED}), _("Do not want to register"), _("Send somebody else"), 45),
)


def doors_left(within: Sequence[Range]) -> Iterator[Cause]:
    """Doors without a settled outcome, by cause and compound; nothing where no emergency is in force."""
    emergencies = {found.default_campaign_id: found for one in within if (found := find_emergency(one.lo))}
    if not emergencies:
        return
    compounds = coverage_of(emergencies, *within).compounds
    # Above a few communities nobody reads since when each compound waits: the community's oldest door will do.
    depth = COMPOUND_LENGTH if len(compounds) <= _MOST_COMPOUNDS else _COMMUNITY_LENGTH
    began = _began(emergencies, within, depth)
    declared = min(emergency.started_at for emergency in emergencies.values())
    for kind in _KINDS:
        places = sorted(_places(kind, compounds, began, depth, declared), key=lambda found: -found[1].count)
        if places:
            yield Cause(
                kind=kind.kind,
                stage=Stage.TO_DO,
                title=kind.title,
                unit=_("doors"),
                places=[place for _compound, place in places],
                action_label=kind.action_label,
                url=reverse("census:compound", args=[places[0][0]]) + kind.view,
                severity=kind.severity,
            )


def _places(
    kind: _Kind,
    compounds: list[CompoundCoverage],
    began: dict[tuple[str, str], datetime],
    depth: int,
    declared: datetime,
) -> Iterator[tuple[UUID, GapPlace]]:
    for compound in compounds:
        count = sum(compound.account.counts[outcome] for outcome in kind.outcomes)
        moments = [began[key] for outcome in kind.outcomes if (key := (compound.path[:depth], outcome.value)) in began]
        since = min(moments, default=declared)
        if count:
            yield compound.compound_id, GapPlace(compound.path, compound.name, count, since)


def _began(campaign_ids: Collection[UUID], within: Sequence[Range], depth: int) -> dict[tuple[str, str], datetime]:
    """Since when the oldest open door of each outcome has been open, by the head of its path; a small index answers."""
    found = (
        DoorState.objects.filter(in_ranges(within), campaign__in=campaign_ids)
        .exclude(outcome__in=sorted(DONE))
        .annotate(place=Left("path", depth))
        .values_list("place", "outcome")
        .annotate(began=Min("since"))
    )
    return {(place, outcome): moment for place, outcome, moment in found}
