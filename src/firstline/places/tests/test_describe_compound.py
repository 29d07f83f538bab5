"""What is said of a compound: who looks after it, whom to call (sealed), since when nobody does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places import actions
from firstline.places.actions import Profile
from firstline.places.contacts import contacts_of
from firstline.places.errors import NameTaken
from firstline.places.models import Company, Compound, Contact, MakeUp, Management, PlaceKind, Post
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast

MANAGED = Profile(
    make_up=MakeUp.DEVELOPED,
    management=Management.COMPANY,
    gatehouse=True,
    company="丽都物业",
    contacts=[Contact("冯经理", "13835812345")],
    believed_households="80多",
    aliases=["枫林小区"],
)
UNMANAGED = Profile(management=Management.NOBODY, gatehouse=False)


def test_a_compound_and_scattered_homes_are_added_in_turn(cast: Cast) -> None:
    first = actions.create_compound(cast.director, community_path=COMMUNITY, name="锦绣苑")
    second = actions.create_compound(cast.director, community_path=COMMUNITY, name="散居", scattered=True)

    assert [first.place.path, second.place.path] == [f"{COMMUNITY}/0003", f"{COMMUNITY}/0004"]
    assert (first.place.kind, second.place.kind) == (PlaceKind.COMPOUND, PlaceKind.SCATTERED)
    with pytest.raises(NameTaken):
        actions.create_compound(cast.director, community_path=COMMUNITY, name="锦绣苑")


def test_a_compound_is_added_only_in_ones_own_community(cast: Cast) -> None:
    with pytest.raises(NotFound):
        actions.create_compound(cast.director, community_path=COMMUNITY_ELSEWHERE, name="锦绣苑")
    with pytest.raises(NotFound):
        actions.create_compound(cast.director, community_path="141102003777", name="锦绣苑")
    with pytest.raises(Forbidden):
        actions.create_compound(cast.worker, community_path=COMMUNITY, name="锦绣苑")
    assert not Compound.objects.filter(place__name="锦绣苑").exists()


def test_a_profile_brings_its_company_and_a_gate_to_be_manned(cast: Cast) -> None:
    compound = actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=MANAGED)

    assert compound.company is not None and compound.company.name == "丽都物业"
    assert (compound.believed_households, compound.unmanaged_since) == ("80多", None)
    gate = Post.objects.get(place=compound.place)
    assert (gate.kind, gate.path) == ("gate", f"{compound.place.path}/P001")

    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=MANAGED)
    assert (Post.objects.count(), Company.objects.count()) == (1, 1)


def test_contacts_are_sealed_and_each_look_is_on_record(cast: Cast) -> None:
    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=MANAGED)
    sealed = bytes(Company.objects.get().sealed)
    assert b"13835812345" not in sealed and "冯经理".encode() not in sealed

    assert contacts_of(cast.worker, cast.compound.pk) == [Contact("冯经理", "13835812345")]
    with scope.enter(cast.director):
        look = LedgerEntry.objects.get(is_look=True)
    assert (look.actor_id, look.action) == (cast.worker.person_id, "places.reveal_contacts")


def test_contacts_left_out_stay_as_they_are(cast: Cast) -> None:
    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=MANAGED)
    changed = replace(MANAGED, contacts=None, believed_households="92")
    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=changed)

    assert contacts_of(cast.director, cast.compound.pk) == [Contact("冯经理", "13835812345")]


def test_since_when_nobody_looks_after_it_is_kept_until_somebody_does(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=UNMANAGED)
    since = first.unmanaged_since
    assert since is not None and first.looked_after is False

    _later(monkeypatch, since + timedelta(days=2))
    again = actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=UNMANAGED)
    assert again.unmanaged_since == since

    found = actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=MANAGED)
    assert (found.unmanaged_since, found.looked_after) == (None, True)


@pytest.mark.parametrize(
    ("profile", "looked_after"),
    [
        (Profile(), None),
        (Profile(gatehouse=False), False),
        (Profile(management=Management.NOBODY), False),
        (Profile(management=Management.NOBODY, gatehouse=True), True),
        (Profile(management=Management.GATEHOUSE), True),
        (Profile(management=Management.COMPANY, gatehouse=False), True),
    ],
)
def test_a_company_or_a_gatehouse_is_enough(cast: Cast, profile: Profile, looked_after: bool | None) -> None:
    compound = actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=profile)
    assert compound.looked_after is looked_after


def test_others_cannot_describe_it(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.describe_compound(cast.worker, compound_id=cast.compound.pk, profile=MANAGED)
    with pytest.raises(NotFound):
        actions.describe_compound(cast.director, compound_id=cast.compound_elsewhere.pk, profile=MANAGED)
    with pytest.raises(NotFound):
        contacts_of(cast.worker_elsewhere, cast.compound.pk)
    assert not Company.objects.exists()


def _later(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)
