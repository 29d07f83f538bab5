"""A new key from now on: what was sealed before stays readable, and search finds what lies under either."""

import uuid

import pytest
from django.urls import reverse

from firstline.accounts.models import Person
from firstline.audit.models import LedgerEntry
from firstline.kernel import crypto, keys, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.models import DataKey
from firstline.registry.models import Mention
from firstline.registry.searching import search
from firstline.registry.tests.lists import staged
from firstline.response.actions import rotate_key, rotate_organisation_key
from firstline.response.errors import EmergencyOver
from firstline.response.selectors import key_ids_of
from firstline.response.tests.keys import over, visited
from firstline.testing.cast import Cast


def keys_of_mentions(cast: Cast) -> list[uuid.UUID]:
    with scope.enter(cast.director):
        return [crypto.key_of(mention.sealed) for mention in Mention.objects.order_by("id")]


def test_before_and_after_lie_under_two_keys_and_both_are_found(cast: Cast) -> None:
    visited(cast, "王建国")
    old = cast.emergency.key_id
    emergency = rotate_key(cast.county_officer, emergency_id=cast.emergency.pk)
    visited(cast, "王建军")
    assert set(keys_of_mentions(cast)) == {old, emergency.key_id}
    with scope.enter(cast.worker):
        assert key_ids_of(emergency) == [emergency.key_id, old]
        names = {hit.name for hit in search(cast.worker, "王建").hits}
        assert names == {"王建国", "王建军"}
        assert [hit.name for hit in search(cast.worker, "5678").hits] == ["王建国"]
        assert [hit.name for hit in search(cast.worker, "wang jian jun").hits] == ["王建军"]


def test_a_key_may_be_rotated_again(cast: Cast) -> None:
    for name in ("王建国", "王建军", "王建民"):
        visited(cast, name)
        emergency = rotate_key(cast.county_officer, emergency_id=cast.emergency.pk)
    with scope.enter(cast.worker):
        assert len(key_ids_of(emergency)) == 4
        assert len(search(cast.worker, "王建").hits) == 3
    keys.check_all()


def test_the_same_list_is_known_again_under_the_new_key(cast: Cast) -> None:
    first = staged(cast.director, cast.compound)
    rotate_key(cast.county_officer, emergency_id=cast.emergency.pk)
    assert staged(cast.director, cast.compound).pk == first.pk


def test_the_organisations_new_key_seals_and_the_old_one_opens(cast: Cast) -> None:
    old = keys.organisation_key()
    new = rotate_organisation_key(console()).pk
    keys.forget_standing_key()
    assert keys.organisation_key() == new
    assert keys.is_organisations(old)
    assert not keys.is_organisations(cast.emergency.key_id)
    person = Person.objects.get(pk=cast.worker.person_id)
    assert crypto.key_of(person.sealed) == old
    assert person.open().name == cast.worker.name
    with scope.enter(console()):
        assert crypto.key_of(LedgerEntry.objects.latest("at").sealed) in {old, new}


def test_the_ledger_is_read_across_a_rotation(cast: Cast) -> None:
    cast.county_officer.client().get(reverse("audit:ledger"))
    rotate_organisation_key(console())
    keys.forget_standing_key()
    page = cast.county_officer.client().get(reverse("audit:ledger"))
    assert [entry.closed for entry in page.context["entries"]].count(True) == 0


def test_the_organisation_has_one_standing_key(cast: Cast) -> None:
    rotate_organisation_key(console())
    standing = DataKey.objects.filter(purpose=DataKey.Purpose.ORGANISATION, retired_at=None)
    assert standing.count() == 1


def test_after_the_end_there_is_nothing_to_rotate(cast: Cast) -> None:
    over(cast)
    with pytest.raises(EmergencyOver):
        rotate_key(cast.county_officer, emergency_id=cast.emergency.pk)


@pytest.mark.parametrize(("who", "error"), [("director", Forbidden), ("other_county_officer", NotFound)])
def test_rotating_is_the_countys(cast: Cast, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        rotate_key(getattr(cast, who), emergency_id=cast.emergency.pk)


def test_the_organisations_key_is_rotated_at_the_console_only(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        rotate_organisation_key(cast.county_officer)
