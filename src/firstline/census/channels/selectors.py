"""Reading channels: what each compound is made up of, what was chosen for it, what each channel has brought."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Sum
from django.db.models.functions import Left

from firstline.census.campaigns import Part
from firstline.census.channels.proposing import Profile, Proposal, propose
from firstline.census.models import ChannelChoice, ChannelTally
from firstline.census.results import Channel
from firstline.kernel.paths import COMPOUND_LENGTH, Range
from firstline.places.models import Compound, Door, Management
from firstline.places.selectors import in_ranges
from firstline.registry.ringing import known_within

READ, CHOOSE = "census.record_attempt", "census.choose_channels"


@dataclass(frozen=True, slots=True)
class CompoundChannels:
    """The channels of one compound: what is proposed and why, what was chosen, and what each brought.

    ``brought`` counts doors that a channel has registered, wholly or in part. ``phones`` are the telephone
    numbers known, masked, by door.
    """

    compound: Compound
    profile: Profile
    proposal: Proposal
    choice: ChannelChoice | None
    brought: Mapping[str, int] = field(default_factory=dict)
    phones: Mapping[uuid.UUID, Sequence[str]] = field(default_factory=dict)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels to work through: those chosen, else those proposed."""
        if self.choice and self.choice.channels:
            return tuple(map(Channel, self.choice.channels))
        return self.proposal.channels


def channels_within(parts: Sequence[Part]) -> list[CompoundChannels]:
    """The channels of every compound of some places in their own order; five statements however many there are."""
    within = [part.within for part in parts]
    campaigns = {part.campaign.pk for part in parts}
    compounds = Compound.objects.filter(in_ranges(map(_whole, within), "place__path")).select_related(
        "place", "company"
    )
    doors = dict(Door.objects.standing().filter(in_ranges(within)).values_list("id", "building__compound_id"))
    phones: dict[uuid.UUID, dict[uuid.UUID, list[str]]] = defaultdict(dict)
    listed: Counter[uuid.UUID] = Counter()
    for door_id, known in known_within(within).items():
        listed[doors[door_id]] += known.listed
        if known.phones:
            phones[doors[door_id]][door_id] = known.phones
    count = Counter(doors.values())
    brought = _brought(campaigns, within)
    choices = latest_choices(campaigns, within)
    found = []
    for compound in compounds.order_by("place__position", "place__path"):
        choice, counts = choices.get(compound.pk), brought[compound.place.path]
        profile = Profile(
            doors=count[compound.pk],
            company=_company(compound),
            listed=listed[compound.pk],
            chat_group=choice.chat_group if choice else None,
            reports=counts.get(Channel.ONLINE.value, 0),
            numbers=len(phones[compound.pk]),
        )
        found.append(CompoundChannels(compound, profile, propose(profile), choice, counts, phones[compound.pk]))
    return found


def latest_choices(campaigns: set[uuid.UUID], within: Sequence[Range]) -> dict[uuid.UUID, ChannelChoice]:
    """What was last chosen for each compound."""
    found = ChannelChoice.objects.filter(in_ranges(within), campaign_id__in=campaigns)
    latest = found.order_by("compound_id", "-recorded_at", "-id").distinct("compound_id")
    return {choice.compound_id: choice for choice in latest}


def _brought(campaigns: set[uuid.UUID], within: Sequence[Range]) -> dict[str, dict[str, int]]:
    tallies = ChannelTally.objects.filter(in_ranges(within), campaign__in=campaigns).exclude(channel="")
    summed = (
        tallies.annotate(at=Left("path", COMPOUND_LENGTH))
        .values("at", "channel")
        .annotate(doors=Sum(F("i") + F("p")))
        .values_list("at", "channel", "doors")
        .order_by()
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for at, channel, doors in summed:
        if doors:
            found[at][channel] = doors
    return found


def _whole(within: Range) -> Range:
    """A grant may be for one building; its compound's channels are meant."""
    return Range(within.lo[:COMPOUND_LENGTH], within.hi) if len(within.lo) > COMPOUND_LENGTH else within


def _company(compound: Compound) -> str:
    if compound.company:
        return compound.company.name
    return str(Management.COMPANY.label) if compound.management == Management.COMPANY else ""
