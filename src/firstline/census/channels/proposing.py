"""Which channels fit a compound, proposed from its make-up and explained with its numbers. Pure: no database."""

from dataclasses import dataclass
from enum import StrEnum

from firstline.census.results import Channel

# A chat group that has brought this many reports, or this share of the doors, is alive whatever anybody says.
ALIVE_REPORTS, ALIVE_SHARE = 5, 0.03
# From this share of doors with a number on, telephoning reaches enough of a compound to be worth an evening.
NUMBERS_SHARE, NUMBERS_LEAST = 0.3, 5


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a compound. ``listed`` doors are named by accepted lists, ``numbers`` are doors for which a
    telephone number is known, ``reports`` households that reported themselves, ``chat_group`` None where nobody said.
    """

    doors: int
    company: str = ""
    listed: int = 0
    chat_group: bool | None = None
    reports: int = 0
    numbers: int = 0


class Reason(StrEnum):
    """Why a channel is proposed or left out; each is one half-sentence with its numbers."""

    LIST_HERE = "list_here"
    LIST_WANTED = "list_wanted"
    NO_COMPANY = "no_company"
    REPORTS_COME = "reports_come"
    GROUP_THERE = "group_there"
    NO_GROUP = "no_group"
    GROUP_UNKNOWN = "group_unknown"
    NUMBERS_ENOUGH = "numbers_enough"
    NUMBERS_FEW = "numbers_few"
    NO_NUMBERS = "no_numbers"
    DOORS_REST = "doors_rest"
    DOORS_ALL = "doors_all"


@dataclass(frozen=True, slots=True)
class Clause:
    """One half-sentence: ``doors`` of ``of`` doors, or who it is about."""

    reason: Reason
    doors: int = 0
    of: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Channels in the order they are to be worked, and why."""

    channels: tuple[Channel, ...]
    why: tuple[Clause, ...]


def propose(profile: Profile) -> Proposal:
    """Cheapest first: a list where a company keeps one, the online form where a chat group is alive, the telephone
    where numbers are known; doors last, and always, for whatever nothing else reaches.
    """
    channels: list[Channel] = []
    why: list[Clause] = []
    for channel, judge in ((Channel.LIST, _list), (Channel.ONLINE, _online), (Channel.PHONE, _phone)):
        fits, clause = judge(profile)
        channels += [channel] if fits else []
        why.append(clause)
    rest = Reason.DOORS_REST if channels else Reason.DOORS_ALL
    return Proposal((*channels, Channel.DOOR), (*why, Clause(rest, profile.doors, profile.doors)))


def _list(profile: Profile) -> tuple[bool, Clause]:
    if profile.listed:
        return True, Clause(Reason.LIST_HERE, profile.listed, profile.doors, profile.company)
    if profile.company:
        return True, Clause(Reason.LIST_WANTED, who=profile.company)
    return False, Clause(Reason.NO_COMPANY)


def _online(profile: Profile) -> tuple[bool, Clause]:
    if profile.reports >= ALIVE_REPORTS or (profile.reports and profile.reports >= ALIVE_SHARE * profile.doors):
        return True, Clause(Reason.REPORTS_COME, profile.reports, profile.doors)
    if profile.chat_group:
        return True, Clause(Reason.GROUP_THERE, profile.reports, profile.doors)
    reason = Reason.GROUP_UNKNOWN if profile.chat_group is None else Reason.NO_GROUP
    return False, Clause(reason, profile.reports, profile.doors)


def _phone(profile: Profile) -> tuple[bool, Clause]:
    if not profile.numbers:
        return False, Clause(Reason.NO_NUMBERS)
    enough = profile.numbers >= max(NUMBERS_SHARE * profile.doors, min(NUMBERS_LEAST, profile.doors))
    reason = Reason.NUMBERS_ENOUGH if enough else Reason.NUMBERS_FEW
    return enough, Clause(reason, profile.numbers, profile.doors)
