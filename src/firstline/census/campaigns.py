"""Which campaign is at work where: the leading one of the deepest place, in the emergency in force there."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, cast

from django.db.models import Q

from firstline.census.models import Campaign
from firstline.kernel import clock, paths, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.joined import joined
from firstline.kernel.models import DataKey
from firstline.kernel.paths import Range, subtree
from firstline.places.selectors import in_ranges
from firstline.response.errors import EmergencyMissing
from firstline.response.models import Emergency
from firstline.response.selectors import remember

_MEMO, _STANDS = "census.leading", "census.leading_stands"


class _Kept(NamedTuple):
    """What leads or will, and how the rows stood by which it was read, or earlier."""

    stands: str
    campaigns: list[Campaign]


_kept: _Kept | None = None


class Part(NamedTuple):
    """A part of some ranges and the campaign that leads there."""

    within: Range
    campaign: Campaign


def campaign_at(path: str) -> Campaign:
    """The campaign that leads at a place, with its emergency. Raises EmergencyMissing."""
    if (found := find_campaign(path)) is None:
        raise EmergencyMissing
    return found


def find_campaign(path: str) -> Campaign | None:
    """The same, or None: for pages that can be shown without one."""
    return finder()(path)


def finder() -> Callable[[str], Campaign | None]:
    """The same for many places: what leads is read now, whenever it is asked where."""
    leading = _leading()
    return lambda path: _deepest(leading, path)


def finder_at_the_beginning() -> Callable[[str], Campaign | None]:
    """The same by what led when the running scope began, for actions that change none of it and end within it.

    This process keeps what it read of campaigns, emergencies and keys for as long as all these rows stand as they did,
    which every scope asks at its beginning. They are shared: nobody may change them.
    """
    global _kept  # noqa: PLW0603  # one for the process, as said above
    memo, stands = scope.memo(), scope.along().get(_STANDS)
    if _MEMO not in memo and stands is not None:
        if (kept := _kept) is None or kept.stands != stands:
            _kept = kept = _Kept(stands, _read())
        memo[_MEMO] = _at_work(kept.campaigns)
    return finder()


def read_along() -> None:
    """Let every scope know from its beginning how campaigns, emergencies and keys stand; called in ``ready()``."""
    scope.read_along(_STANDS, f"({_ROWS})")


def campaigns_within(within: Iterable[Range]) -> list[Part]:
    """The campaigns that lead in ranges, each with its part of them; no door is in two parts.

    A community in its own second sweep is not counted in the county's first one.
    """
    standing = {campaign.path: campaign for campaign in _leading()}
    return [Part(*part) for one in within for part in paths.parts_of(one, standing)]


def led_within(within: Iterable[Range]) -> list[Range]:
    """The parts of ranges in which a campaign leads: whole ranges, or the outermost areas of campaigns in them.

    From above, the census of one township is not one of the whole county: its doors are, and no others.
    """
    leading, found = _leading(), []
    for one in within:
        if _deepest(leading, one.lo) is not None:
            found.append(one)
            continue
        for path in sorted(campaign.path for campaign in leading if campaign.path in one):
            if not found or path not in found[-1]:
                found.append(subtree(path))
    return found


def led_by(parts: Iterable[Part]) -> Q:
    """The condition that a row with ``campaign_id`` and ``path`` belongs to the campaign that leads where it is."""
    condition = Q(pk__in=[])
    for within, campaign in parts:
        condition |= Q(campaign_id=campaign.pk, path__gte=within.lo, path__lt=within.hi)
    return condition


def leading_within(within: Iterable[Range]) -> list[tuple[Range, uuid.UUID]]:
    """The same by the campaigns' ids, for causes whose rows count where their campaign leads."""
    return [(part.within, part.campaign.pk) for part in campaigns_within(within)]


def campaign_for(actor: Actor, campaign_id: uuid.UUID, *, needs: str) -> Campaign:
    """A campaign that reaches the actor's places, whether it leads or is over. Raises NotFound."""
    found = Campaign.objects.select_related("emergency__key").filter(pk=campaign_id).first()
    if found is None or not _reaches(found, actor.ranges(needs)):
        raise NotFound
    return found


def campaigns_for(actor: Actor, *, needs: str) -> list[Campaign]:
    """All campaigns that reach the actor's places, those that lead first, then the latest."""
    ranges = actor.ranges(needs)
    above = {line for one in ranges for line in paths.ancestors(one.lo)}
    found = Campaign.objects.select_related("emergency__key").filter(in_ranges(ranges) | Q(path__in=above))
    return list(found.order_by("-leads", "-started_at", "id"))


def _reaches(campaign: Campaign, ranges: Sequence[Range]) -> bool:
    area = subtree(campaign.path)
    return any(one.lo in area or campaign.path in one for one in ranges)


def _deepest(leading: Sequence[Campaign], path: str) -> Campaign | None:
    line = set(paths.ancestors(path))
    covering = [campaign for campaign in leading if campaign.path in line]
    return max(covering, key=lambda campaign: len(campaign.path), default=None)


def _leading() -> list[Campaign]:
    memo = scope.memo()
    if _MEMO not in memo:
        memo[_MEMO] = _at_work(_read())
    return cast("list[Campaign]", memo[_MEMO])


def _read() -> list[Campaign]:
    leading = []
    for campaign, emergency, key in joined([Campaign, Emergency, DataKey], f"{_LEADING} {_IN_ORDER}", []):
        campaign.emergency, emergency.key = emergency, key
        leading.append(campaign)
    return leading


def _at_work(campaigns: Sequence[Campaign]) -> list[Campaign]:
    now = clock.now()
    leading = [
        campaign
        for campaign in campaigns
        if campaign.emergency.started_at <= now
        and (campaign.emergency.ended_at is None or campaign.emergency.ended_at > now)
    ]
    # Each emergency that leads has a campaign that does, so these are all there are: no page need read them again.
    remember({campaign.emergency_id: campaign.emergency for campaign in leading}.values())
    return leading


_LEADING = """
  FROM census_campaign
  JOIN response_emergency ON response_emergency.id = census_campaign.emergency_id
  JOIN kernel_datakey ON kernel_datakey.id = response_emergency.key_id
 WHERE census_campaign.leads
"""
# Of two emergencies over one place the later one is at work.
_IN_ORDER = "ORDER BY response_emergency.started_at, census_campaign.started_at, census_campaign.id"
# A row that is written again, by whomever, is another one: by its transaction and its place on the disk.
_ROWS = f"""
SELECT coalesce(string_agg(concat_ws(' ', census_campaign.xmin, census_campaign.ctid, response_emergency.xmin,
                                     response_emergency.ctid, kernel_datakey.xmin, kernel_datakey.ctid), '|'
                           {_IN_ORDER}), '') {_LEADING}
"""  # our own text
