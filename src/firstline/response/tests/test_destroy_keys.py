"""Two people destroy the keys of an emergency that is over; afterwards nobody reads it, and every page says so."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, crypto, keys, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, KeyDestroyed, NotFound
from firstline.kernel.models import SealedRow
from firstline.registry.models import MentionToken
from firstline.registry.searching import search
from firstline.registry.tests.lists import staged
from firstline.response.actions import confirm_destruction, end, propose_destruction, rotate_key
from firstline.response.errors import (
    EmergencyNotOver,
    KeysDestroyed,
    NamedPersonNeeded,
    NothingProposed,
    ProposedAlready,
    SecondPersonNeeded,
    StillKept,
)
from firstline.response.models import DestructionConfirmation, DestructionProposal
from firstline.response.tests.keys import destroyed, next_one, over, visited
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_keys")]


def sealed_rows() -> Iterator[SealedRow]:
    with scope.enter(console()):
        for model in apps.get_models():
            if issubclass(model, SealedRow):
                yield from model._base_manager.all()


def test_two_people_destroy_every_key_of_it(cast: Cast) -> None:
    visited(cast)
    rotate_key(cast.county_officer, emergency_id=cast.emergency.pk)
    visited(cast, "王建军")
    emergency = destroyed(cast)
    line = keys.line_of(emergency.key)
    assert len(line) == 2
    assert all(key.destroyed_at for key in line)
    assert not any(crypto.file_is_here(key.pk) for key in line)
    keys.check_all()


def test_nothing_sealed_under_it_opens_again(cast: Cast) -> None:
    visited(cast)
    staged(cast.director, cast.compound)
    ids = {key.pk for key in keys.line_of(destroyed(cast).key)}
    opened = {True: 0, False: 0}
    for row in sealed_rows():
        gone = crypto.key_of(row.sealed) in ids
        if gone:
            with pytest.raises(KeyDestroyed):
                row.open()
        else:
            row.open()
        opened[gone] += 1
    assert opened[True] >= 4
    assert opened[False] > 0


def test_pages_say_that_it_was_destroyed_and_stand(cast: Cast) -> None:
    visited(cast)
    file = staged(cast.director, cast.compound)
    destroyed(cast)
    next_one(cast)
    today = localdate(clock.now()).isoformat()
    director = cast.director.client()
    for url in (reverse("census:door", args=[cast.door.pk]), reverse("registry:lists"), reverse("audit:ledger")):
        page = director.get(url)
        assert page.status_code == 200, url
        assert today in page.content.decode(), url
        assert "王建国" not in page.content.decode()
    review = director.get(reverse("registry:review", args=[file.pk]))
    assert (review.status_code, review.context["code"]) == (410, "key_destroyed")


def test_search_finds_nothing_of_it(cast: Cast) -> None:
    visited(cast)
    destroyed(cast)
    next_one(cast)
    with scope.enter(cast.worker):
        assert MentionToken.objects.exists(), "the hashes lie there and tell nothing any more"
        assert search(cast.worker, "王建国").hits == []


def test_the_first_person_alone_destroys_nothing(cast: Cast) -> None:
    emergency = over(cast)
    propose_destruction(cast.county_officer, emergency_id=emergency.pk)
    with pytest.raises(ProposedAlready):
        propose_destruction(cast.second_officer, emergency_id=emergency.pk)
    with pytest.raises(SecondPersonNeeded):
        confirm_destruction(cast.county_officer, emergency_id=emergency.pk)
    assert crypto.file_is_here(emergency.key_id)


def test_the_database_itself_refuses_one_person_twice(cast: Cast) -> None:
    emergency = over(cast)
    proposal = propose_destruction(cast.county_officer, emergency_id=emergency.pk)
    with pytest.raises(IntegrityError, match="destruction_confirmed_by_another_person"), transaction.atomic():
        DestructionConfirmation.objects.create(proposal=proposal, proposed_by_id=proposal.by_id, by_id=proposal.by_id)


def test_nor_can_somebody_else_be_put_in_the_place_of_who_proposed(cast: Cast) -> None:
    proposal = propose_destruction(cast.county_officer, emergency_id=over(cast).pk)
    with pytest.raises(IntegrityError, match="destruction_proposed_by_who_proposed"), transaction.atomic():
        DestructionConfirmation.objects.create(
            proposal=proposal, proposed_by_id=cast.second_officer.person_id, by_id=proposal.by_id
        )


def test_a_proposal_lapses(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    emergency = over(cast)
    propose_destruction(cast.county_officer, emergency_id=emergency.pk)
    later = clock.now() + timedelta(hours=settings.FIRSTLINE_DESTRUCTION_HOURS, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(NothingProposed):
        confirm_destruction(cast.second_officer, emergency_id=emergency.pk)
    assert crypto.file_is_here(emergency.key_id)
    propose_destruction(cast.county_officer, emergency_id=emergency.pk)
    assert DestructionProposal.objects.count() == 2


@pytest.mark.parametrize("act", [propose_destruction, confirm_destruction])
def test_not_before_its_time(cast: Cast, act: object) -> None:
    assert callable(act)
    with pytest.raises(EmergencyNotOver):
        act(cast.county_officer, emergency_id=cast.emergency.pk)
    end(cast.county_officer, emergency_id=cast.emergency.pk, keep_days=1)
    with pytest.raises(StillKept):
        act(cast.county_officer, emergency_id=cast.emergency.pk)


def test_it_happens_once(cast: Cast) -> None:
    emergency = destroyed(cast)
    for act in (propose_destruction, confirm_destruction):
        with pytest.raises(KeysDestroyed):
            act(cast.county_officer, emergency_id=emergency.pk)


def test_the_console_is_nobody_in_particular(cast: Cast) -> None:
    emergency = over(cast)
    with pytest.raises(NamedPersonNeeded):
        propose_destruction(console(), emergency_id=emergency.pk)


@pytest.mark.parametrize(
    ("who", "error"), [("worker", Forbidden), ("director", Forbidden), ("other_county_officer", NotFound)]
)
def test_only_for_those_who_may_where_they_may(cast: Cast, who: str, error: type[Exception]) -> None:
    emergency = over(cast)
    with pytest.raises(error):
        propose_destruction(getattr(cast, who), emergency_id=emergency.pk)
    propose_destruction(cast.county_officer, emergency_id=emergency.pk)
    with pytest.raises(error):
        confirm_destruction(getattr(cast, who), emergency_id=emergency.pk)


def test_both_acts_are_on_record(cast: Cast) -> None:
    destroyed(cast)
    with scope.enter(cast.county_officer):
        acts = LedgerEntry.objects.filter(action__endswith="_destruction").order_by("at")
        assert [(entry.action, entry.actor_label) for entry in acts] == [
            ("response.propose_destruction", "lishi"),
            ("response.confirm_destruction", "lishi2"),
        ]


def test_a_destruction_cut_short_is_finished_at_the_next_start(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process died after the commit and before the file was gone; or an old copy was put back."""
    file = Path(settings.FIRSTLINE_KEY_FOLDER) / f"{cast.emergency.key_id}.key"
    content = file.read_bytes()
    destroyed(cast)
    file.write_bytes(content)
    with pytest.raises(KeyDestroyed):
        crypto.check_value(cast.emergency.key_id)
    keys.check_all()
    assert not file.exists()


def test_an_unknown_key_is_still_missing(cast: Cast) -> None:
    assert crypto.destroyed_at(uuid.uuid4()) is None
