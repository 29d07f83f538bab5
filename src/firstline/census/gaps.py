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

from firstline.census.coverage import PlaceCoverage, coverage_of
from firstline.census.models import DoorState
from firstline.census.results import DONE, Outcome
from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range, summed_at
from firstline.places.compounds_page import compounds_url
from firstline.places.selectors import in_ranges
from firstline.response.selectors import emergencies_within


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
    parts = emergencies_within(within)
    if not parts:
        return
    emergencies = {found.default_campaign_id: found for _part, found in parts}
    within = [part for part, _found in parts]
    covered = coverage_of(emergencies, *within).places
    began = _began(emergencies, within)
    declared = min(emergency.started_at for emergency in emergencies.values())
    for kind in _KINDS:
        places = sorted(_places(kind, covered, began, declared), key=lambda found: -found[1].count)
        if places:
            yield Cause(
                kind=kind.kind,
                stage=Stage.TO_DO,
                title=kind.title,
                unit=_("doors"),
                places=[place for _covered, place in places],
                action_label=kind.action_label,
                url=_behind(kind, places[0][0]),
                severity=kind.severity,
            )


def _behind(kind: _Kind, largest: PlaceCoverage) -> str:
    """The doors behind a number: of the largest compound, or the compounds of the largest community."""
    if largest.compound_id is None:
        return compounds_url(at=largest.path)
    return reverse("census:compound", args=[largest.compound_id]) + kind.view


def _places(
    kind: _Kind, covered: list[PlaceCoverage], began: dict[tuple[str, str], datetime], declared: datetime
) -> Iterator[tuple[PlaceCoverage, GapPlace]]:
    for one in covered:
        count = sum(one.account.counts[outcome] for outcome in kind.outcomes)
        moments = [began[key] for outcome in kind.outcomes if (key := (one.path, outcome.value)) in began]
        if count:
            yield one, GapPlace(one.path, one.name, count, min(moments, default=declared))


def _began(campaign_ids: Collection[UUID], within: Sequence[Range]) -> dict[tuple[str, str], datetime]:
    """Since when the oldest open door of each outcome has been open, by place; a small index answers."""
    asked = sorted(outcome for kind in _KINDS for outcome in kind.outcomes)
    found = (
        DoorState.objects.filter(in_ranges(within), campaign__in=campaign_ids, outcome__in=asked)
        # Follows from the outcomes asked for; said as the index of open doors says it.
        .exclude(outcome__in=sorted(DONE))
        .annotate(place=Left("path", summed_at(within)))
        .values_list("place", "outcome")
        .annotate(began=Min("since"))
    )
    return {(place, outcome): moment for place, outcome, moment in found}
