"""The register of copies: where each lies, who made it, and that somebody destroyed it."""

import uuid

import pytest

from firstline.kernel import keys
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.response.actions import copy_destroyed, register_copies
from firstline.response.errors import CopyGone, CopyPlaceMissing, KeysDestroyed
from firstline.response.selectors import copies_of
from firstline.response.tests.keys import destroyed
from firstline.testing.cast import Cast

SAFE = "县委机要室保险柜, U盘 3"


def test_a_copy_is_registered_and_destroyed_by_somebody(cast: Cast) -> None:
    register_copies(cast.county_officer, key_ids=[cast.emergency.key_id], place=f" {SAFE} ")
    (copy,) = copies_of([cast.emergency.key])
    assert (copy.place, copy.made_by_id, hasattr(copy, "gone")) == (SAFE, cast.county_officer.person_id, False)
    copy_destroyed(cast.second_officer, copy_id=copy.pk)
    (copy,) = copies_of([cast.emergency.key])
    assert copy.gone.by_id == cast.second_officer.person_id


def test_it_is_destroyed_once(cast: Cast) -> None:
    (copy,) = register_copies(cast.county_officer, key_ids=[cast.emergency.key_id], place=SAFE)
    copy_destroyed(cast.county_officer, copy_id=copy.pk)
    with pytest.raises(CopyGone):
        copy_destroyed(cast.county_officer, copy_id=copy.pk)


def test_a_copy_nobody_finds_is_no_copy(cast: Cast) -> None:
    with pytest.raises(CopyPlaceMissing):
        register_copies(cast.county_officer, key_ids=[cast.emergency.key_id], place="  ")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_keys")
def test_there_is_no_copy_of_what_was_destroyed(cast: Cast) -> None:
    emergency = destroyed(cast)
    with pytest.raises(KeysDestroyed):
        register_copies(cast.county_officer, key_ids=[emergency.key_id], place=SAFE)


def test_the_operator_registers_all_keys(cast: Cast) -> None:
    found = [cast.emergency.key_id, cast.other_emergency.key_id, keys.organisation_key()]
    assert len(register_copies(console(), key_ids=found, place=SAFE, backup_id=uuid.uuid4())) == 3


@pytest.mark.parametrize(("who", "error"), [("worker", Forbidden), ("other_county_officer", NotFound)])
def test_keys_of_others_are_out_of_reach(cast: Cast, who: str, error: type[Exception]) -> None:
    (copy,) = register_copies(cast.county_officer, key_ids=[cast.emergency.key_id], place=SAFE)
    with pytest.raises(error):
        register_copies(getattr(cast, who), key_ids=[cast.emergency.key_id], place=SAFE)
    with pytest.raises(error):
        copy_destroyed(getattr(cast, who), copy_id=copy.pk)


def test_the_organisations_key_is_the_consoles_business(cast: Cast) -> None:
    with pytest.raises(NotFound):
        register_copies(cast.county_officer, key_ids=[keys.organisation_key()], place=SAFE)
