"""Which channels are proposed for which compound, and that the reason carries the compound's own numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.channels.proposing import Clause, Profile, Reason, propose
from firstline.census.results import Channel

profiles = st.builds(
    Profile,
    doors=st.integers(0, 400),
    company=st.sampled_from(["", "安居物业"]),
    listed=st.integers(0, 400),
    chat_group=st.sampled_from([None, True, False]),
    reports=st.integers(0, 60),
    numbers=st.integers(0, 400),
)


@pytest.mark.parametrize(
    ("profile", "channels"),
    [
        (Profile(doors=80), ["door"]),
        (Profile(doors=80, company="安居物业"), ["list", "door"]),
        (Profile(doors=80, listed=70), ["list", "door"]),
        (Profile(doors=80, chat_group=True), ["online", "door"]),
        (Profile(doors=80, chat_group=False, reports=2), ["door"]),
        (Profile(doors=80, chat_group=False, reports=6), ["online", "door"]),
        (Profile(doors=20, reports=1), ["online", "door"]),
        (Profile(doors=80, numbers=23), ["door"]),
        (Profile(doors=80, numbers=24), ["phone", "door"]),
        (Profile(doors=3, numbers=3), ["phone", "door"]),
        (Profile(doors=80, company="安居物业", chat_group=True, numbers=60), ["list", "online", "phone", "door"]),
    ],
)
def test_the_make_up_decides(profile: Profile, channels: list[str]) -> None:
    assert list(propose(profile).channels) == channels


def test_the_reason_says_the_numbers() -> None:
    why = propose(Profile(doors=80, company="安居物业", chat_group=True, numbers=12)).why
    assert why == (
        Clause(Reason.LIST_WANTED, who="安居物业"),
        Clause(Reason.GROUP_THERE, 0, 80),
        Clause(Reason.NUMBERS_FEW, 12, 80),
        Clause(Reason.DOORS_REST, 80, 80),
    )


@given(profiles)
def test_doors_are_always_last_and_nothing_is_proposed_twice(profile: Profile) -> None:
    proposal = propose(profile)
    assert proposal.channels[-1] == Channel.DOOR
    assert len(set(proposal.channels)) == len(proposal.channels)
    assert len(proposal.why) == 4


@given(profiles, st.integers(1, 200))
def test_more_numbers_never_take_the_telephone_away(profile: Profile, more: int) -> None:
    known = Profile(profile.doors, numbers=profile.numbers)
    better = Profile(profile.doors, numbers=profile.numbers + more)
    assert Channel.PHONE not in propose(known).channels or Channel.PHONE in propose(better).channels
