"""States and counts derived again from all attempts: proves that what is stored is what the facts add up to."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, Sum

from firstline.census.derivation import COUNTS_READ, STATED, Change, Move, keep, lock_building, stored
from firstline.census.dispositions import Category
from firstline.census.models import (
    COUNTED,
    TALLIED,
    Attempt,
    BuildingFrame,
    BuildingTally,
    Campaign,
    ChannelTally,
    DoorState,
    FrameChange,
)
from firstline.census.next_steps import Tried
from firstline.census.outcomes import Derived, categories, derive
from firstline.census.results import Outcome
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range, subtree
from firstline.kernel.rebuilding import Difference
from firstline.places.models import Building, Door

_Counts = dict[tuple[str, str], int]


def rebuild(actor: Actor, campaign_id: uuid.UUID, within: Range, *, write: bool = True) -> Iterator[Difference]:
    """Derive every state and count of a campaign within a range again; yield what differed, and mend it.

    One transaction a building, so that nobody at the doors waits for a county. With ``write`` false nothing is
    changed. Whoever records in the building meanwhile waits for that one building. That a frame and the doors that
    stand do not agree is told too; it is for a person to mend.
    """
    with scope.enter(actor):
        campaign = Campaign.objects.get(pk=campaign_id)
    buildings = Building.objects.filter(place__path__gte=within.lo, place__path__lt=within.hi).order_by("place__path")
    for building_id, path in list(buildings.values_list("place_id", "place__path")):
        with scope.enter(actor):
            lock_building(campaign_id, building_id)
            differences = list(_Rebuilding(campaign, building_id, path, write=write).differences())
        yield from differences


class _Rebuilding:
    """One building of a campaign, held alone."""

    def __init__(self, campaign: Campaign, building_id: uuid.UUID, path: str, *, write: bool) -> None:
        self.campaign, self.building_id, self.path, self.write = campaign, building_id, path, write
        self.doors = dict(Door.objects.filter(building_id=building_id).values_list("id", "path"))
        self.tried = _tried(campaign.pk, path)

    def differences(self) -> Iterator[Difference]:
        mended = list(self._states())
        yield from mended
        tallied = list(self._tallies())
        # The doors mended above have changed the counts already; that is one difference, not two.
        yield from [] if self.write and mended else tallied
        yield from self._frame()

    def _states(self) -> Iterator[Difference]:
        was, derived = _stored(self.campaign.pk, self.path), _derived(self.tried, self.campaign)
        wrong = [door_id for door_id in self.doors if was.get(door_id, _NOTHING) != stored(derived.get(door_id))]
        for door_id in wrong:
            yield Difference(self.doors[door_id], _said(was.get(door_id)), _said(stored(derived.get(door_id))))
        if self.write and wrong:
            keep(self.campaign.pk, [self._move(door_id, was, derived) for door_id in wrong])

    def _move(
        self, door_id: uuid.UUID, was: Mapping[uuid.UUID, tuple[Any, ...]], derived: Mapping[uuid.UUID, Derived]
    ) -> Move:
        before = Outcome(was[door_id][0]) if door_id in was else Outcome.UNTRIED
        return Move(door_id, self.doors[door_id], self.building_id, Change(before, derived.get(door_id)))

    def _tallies(self) -> Iterator[Difference]:
        rules = self.campaign.rules
        outcomes = Counter(state.outcome for state in _derived(self.tried, self.campaign).values())
        by_channel: Counter[tuple[str, Category]] = Counter()
        for attempts in self.tried.values():
            by_channel.update(categories(attempts, rules).items())
        facts = {("outcome", one.value): outcomes[one] for one in TALLIED if outcomes[one]}
        facts |= {(channel or "all", category.value): count for (channel, category), count in by_channel.items()}
        kept = self._kept()
        if kept == facts:
            return
        if self.write:
            self._write(outcomes, by_channel)
        yield Difference(self.path, _counted(kept), _counted(facts))

    def _kept(self) -> _Counts:
        mine: dict[str, Any] = {"campaign_id": self.campaign.pk, "building_id": self.building_id}
        tally = BuildingTally.objects.filter(**mine).first()
        found = {("outcome", one.value): getattr(tally, one.value) for one in TALLIED} if tally else {}
        for row in ChannelTally.objects.filter(**mine):
            found |= {(row.channel or "all", one.value): getattr(row, one.value) for one in COUNTED}
        return {key: count for key, count in found.items() if count}

    def _write(self, outcomes: Counter[Outcome], by_channel: Counter[tuple[str, Category]]) -> None:
        scope.memo().pop(COUNTS_READ, None)
        mine: dict[str, Any] = {"campaign_id": self.campaign.pk, "building_id": self.building_id}
        values = {one.value: outcomes[one] for one in TALLIED}
        BuildingTally.objects.update_or_create(**mine, defaults={"path": self.path, **values})
        ChannelTally.objects.filter(**mine).delete()
        ChannelTally.objects.bulk_create(
            ChannelTally(
                **mine,
                channel=channel,
                path=self.path,
                **{one.value: by_channel[channel, one] for one in COUNTED},
            )
            for channel in sorted({channel for channel, _category in by_channel})
        )

    def _frame(self) -> Iterator[Difference]:
        """What the frame's facts add up to, against what is kept and against the doors that stand."""
        if self.campaign.frozen_at is None:
            return
        facts = FrameChange.objects.filter(campaign_id=self.campaign.pk, building_id=self.building_id).aggregate(
            **{kind: Sum("doors", filter=Q(kind=kind), default=0) for kind in ("frozen", "added", "removed")}
        )
        wanted = (facts["frozen"], facts["added"], facts["removed"])
        mine = BuildingFrame.objects.filter(campaign=self.campaign, building_id=self.building_id)
        kept = mine.values_list("doors", "added", "removed").first() or (0, 0, 0)
        if kept != wanted:
            if self.write:
                values = dict(zip(("doors", "added", "removed"), wanted, strict=True))
                BuildingFrame.objects.update_or_create(
                    campaign_id=self.campaign.pk,
                    building_id=self.building_id,
                    defaults={"path": self.path, **values},
                )
            yield Difference(self.path, _frame_said(kept), _frame_said(wanted))
        standing = Door.objects.standing().filter(building_id=self.building_id).count()
        if standing != wanted[0] + wanted[1] - wanted[2]:
            yield Difference(self.path, f"{standing} doors stand", _frame_said(wanted))


_NOTHING: tuple[Any, ...] = stored(None)


def _tried(campaign_id: uuid.UUID, path: str) -> dict[uuid.UUID, list[Tried]]:
    within = subtree(path)
    facts = Attempt.objects.filter(
        campaign_id=campaign_id, path__gte=within.lo, path__lt=within.hi, void__isnull=True, door__ended_at=None
    ).values_list("door_id", "happened_at", "id", "channel", "result", "visitor_id", "again_at")
    found: dict[uuid.UUID, list[Tried]] = defaultdict(list)
    for door_id, at, attempt_id, channel, result, visitor_id, again_at in facts:
        found[door_id].append(Tried(at, str(attempt_id), channel, result, visitor_id, again_at))
    return found


def _stored(campaign_id: uuid.UUID, path: str) -> dict[uuid.UUID, tuple[Any, ...]]:
    within = subtree(path)
    states = DoorState.objects.filter(campaign_id=campaign_id, path__gte=within.lo, path__lt=within.hi)
    return {door_id: tuple(row) for door_id, *row in states.values_list("door_id", *STATED)}


def _derived(tried: Mapping[uuid.UUID, list[Tried]], campaign: Campaign) -> dict[uuid.UUID, Derived]:
    rules = campaign.rules
    return {door_id: state for door_id, attempts in tried.items() if (state := derive(attempts, rules))}


def _said(state: tuple[Any, ...] | None) -> str:
    if state is None or state[0] is None:
        return Outcome.UNTRIED.value
    named = dict(zip(STATED, state, strict=True))
    return f"{named['outcome']} since {named['since'].isoformat()}, then {named['step']} by {named['due_at']}"


def _counted(counts: _Counts) -> str:
    return ", ".join(f"{group} {name} {count}" for (group, name), count in sorted(counts.items())) or "nothing"


def _frame_said(frame: tuple[int, int, int]) -> str:
    doors, added, removed = frame
    return f"{doors} doors at the cut-off, {added} added, {removed} removed"
