"""What the census is missing: doors nobody has been to, doors to go to again. One cause is one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Min, QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.campaigns import Part, campaigns_within, leading_within, led_by, led_within
from firstline.census.coverage import PlaceCoverage, coverage_of
from firstline.census.models import DoorState
from firstline.census.page_parts import with_query
from firstline.census.results import DONE, Outcome
from firstline.census.selectors import READ
from firstline.kernel.gap_sources import Cause, GapPlace, Stage, Waiting, each_waits
from firstline.kernel.given import NOW
from firstline.kernel.paths import Range, summed_at
from firstline.places.compounds_page import compounds_url


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


# Overdue at these doors is paper to be fetched, or a call that did not come (``paper.gaps``, ``callbacks.gaps``).
_TOLD_ELSEWHERE = frozenset({Outcome.FORM, Outcome.NOTICE})


def doors_left(within: Sequence[Range]) -> Iterator[Cause]:
    """Doors without a settled outcome, by cause and compound; nothing where no emergency is in force."""
    # Elsewhere no door is anybody's to visit.
    within = led_within(within)
    parts = campaigns_within(within)
    if not parts:
        return
    covered = coverage_of(parts, *within).places
    opened = _opened(parts, within)
    began = {(one.place, one.outcome): one.began for one in opened}
    declared = min(part.campaign.started_at for part in parts)
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


class _Opened(NamedTuple):
    """Doors of one place and open outcome: since when the oldest is open."""

    place: str
    outcome: str
    began: datetime


def _opened(parts: Sequence[Part], within: Sequence[Range]) -> list[_Opened]:
    """What is open by place and outcome; a small index answers, without a look at any door."""
    found = (
        # Said as the index of open doors says it.
        DoorState.objects.filter(led_by(parts))
        .exclude(outcome__in=sorted(DONE))
        .annotate(place=Left("path", summed_at(within)))
        .values("place", "outcome")
        .annotate(began=Min("since"))
        .values_list("place", "outcome", "began")
    )
    return [_Opened(*row) for row in found]


def _overdue() -> "QuerySet[Any, Any]":
    """Doors whose next step should have been done by now. Of paper that is out and calls awaited, those apps tell."""
    found = DoorState.objects.filter(due_at__lt=NOW).exclude(outcome__in=sorted(DONE | _TOLD_ELSEWHERE))
    return each_waits(found, "due_at", F("due_at"), campaign="campaign")


WAITING = (
    Waiting(
        "steps_overdue",
        _("The next step is overdue"),
        _("doors"),
        _("See which"),
        70,
        READ,
        _overdue,
        lambda place: with_query(reverse("census:doors"), due="over", at=place),
        leading_within,
        closes=_("an attempt at each of these doors"),
    ),
)
