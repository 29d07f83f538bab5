"""Whatever people do, a device that follows the feed holds exactly what documents made anew would say.

So an action that changes what a document shows and touches nothing is found here; and a table that documents are read
from must be named here with the moves that write it.
"""

import json
import random
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connection
from django.utils import timezone

from firstline.accounts.devices.selectors import device_actor, device_with_terms
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError
from firstline.kernel.paths import subtree
from firstline.sync.feed import documents
from firstline.sync.feed import page as feed
from firstline.sync.feed.documents import documents_of
from firstline.sync.feed.tests.following import Follower
from firstline.sync.feed.tests.moves import BEFORE, LAST, UNSEEN, Moves
from firstline.sync.tests.phones import phone_of
from firstline.testing.cast import COMMUNITY, Cast

pytestmark = pytest.mark.usefixtures("transactional_db")

# Every table that documents are read from, and moves that change what stands in it. Whoever reads another one names
# what writes it, gives it a move, and has its writer touch.
WRITTEN_BY: dict[str, tuple[str, ...]] = {
    "places_door": ("add_door", "merge", "split", "declare", "withdraw", "accept_list", "void_list"),
    "places_doorsuccession": ("merge", "split"),
    "census_campaign": ("lead", "lead_with_the_first", "change_rules", "freeze"),
    "response_emergency": ("end_emergency", "declare_emergency"),
    "kernel_datakey": ("destroy_keys",),
    "census_doorstate": ("record", "void", "record_many", "void_many", "change_rules"),
    "census_attempt": ("record", "record_many", "call"),
    "census_attemptvoid": ("void", "void_many"),
    "registry_mention": ("record", "record_many", "accept_list", "put_right", "enter_sheet"),
    "registry_sourcefile": ("accept_list",),
    "registry_filedecision": ("accept_list",),
    "registry_filevoid": ("void_list",),
    "registry_sourcevoid": ("void", "void_many", "take_back_row"),
    "census_sheet": ("hand_out", "fetch", "lose", "enter_sheet", "take_back_step"),
    "census_sharedoor": ("share", "share_again", "move_stairwell"),
    # Names of our own people never change.
    "accounts_person": (),
}


@pytest.fixture(autouse=True)
def _noon(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are made at noon, so that a day's share lasts through the test; people act when they act."""
    noon = timezone.localtime(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(documents, "clock", SimpleNamespace(now=lambda: noon))


@pytest.fixture(autouse=True)
def _keys(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """Keys that may be destroyed: the others are those of the whole run."""
    shutil.copytree(settings.FIRSTLINE_KEY_FOLDER, tmp_path / "keys")
    settings.FIRSTLINE_KEY_FOLDER = tmp_path / "keys"


@pytest.fixture
def device(cast: Cast) -> Follower:
    return Follower(
        phone_of(cast.worker.person_id, cast.compound.place.path, valid_from=clock.now() - timedelta(days=3))
    )


def actor_of(device: Follower) -> Actor:
    found = device_with_terms(UUID(str(device.phone.device_id)))
    assert found is not None
    return device_actor(found)


def anew(device: Follower) -> dict[str, Any]:
    """What documents of all doors say when they are made now."""
    actor = actor_of(device)
    with scope.enter(actor):
        rows = feed._rows([subtree(one.lo) for one in actor.ranges(feed.AT_DOORS)], "")
        made = documents_of(actor, [row for row in rows if row.ended_at is None])
        return {str(one.id): json.loads(msgspec.json.encode(one)) for one in made}


def moved(move: Callable[[], object]) -> None:
    """A move that finds nothing to move, or is refused, changed nothing."""
    with suppress(FirstlineError, IndexError):
        move()


@pytest.mark.parametrize("name", sorted(BEFORE))
def test_each_move_comes_to_the_device(cast: Cast, device: Follower, name: str) -> None:
    moves = Moves(cast, random.Random(name))
    for before in BEFORE[name]:
        moved(moves.of(before))
    held = dict(device.follow().doors)
    assert held == anew(device)
    changed = []
    for _try in range(8):
        moved(moves.of(name))
        changed = [one for one, said in anew(device).items() if held.get(one) != said] or [
            *(held.keys() - anew(device))
        ]
        if changed:
            break
    # What a move never shows would prove nothing.
    assert bool(changed) is (name not in UNSEEN)
    device.follow()
    assert device.doors == anew(device)
    assert set(changed) <= {*device.told, *device.gone}


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_the_device_holds_what_there_is(cast: Cast, device: Follower, seed: int) -> None:
    dice = random.Random(seed)
    moves = Moves(cast, dice)
    device.follow()
    names = sorted(BEFORE.keys() - LAST)
    done = 0
    for _step in range(40):
        moved(moves.of(dice.choice(names)))
        if dice.random() < 0.4:
            device.follow()
            assert device.doors == anew(device)
            done += len(device.told)
    moved(moves.of(dice.choice(sorted(LAST))))
    device.follow()
    assert device.doors == anew(device)
    assert device.resets == 1
    assert done


def test_every_table_that_documents_are_read_from_has_its_writers(cast: Cast, device: Follower) -> None:
    moves = Moves(cast, random.Random(1))
    for name in ("record_many", "merge", "accept_list", "hand_out", "share"):
        moves.of(name)()
    actor = actor_of(device)
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with scope.enter(actor), connection.execute_wrapper(note):
        rows = feed._rows(actor.ranges(feed.AT_DOORS), "")
        documents_of(actor, [row for row in rows if row.ended_at is None])
    read = {name for sql in asked for name in re.findall(r'(?:FROM|JOIN)\s+"?([a-z]+_[a-z]+)"?', sql)}
    assert read == WRITTEN_BY.keys()
    assert {name for writers in WRITTEN_BY.values() for name in writers} == BEFORE.keys()


def test_the_place_of_the_device_is_no_other(cast: Cast) -> None:
    """A device of the community follows all of it, whoever works where."""
    began = clock.now() - timedelta(days=3)
    device = Follower(phone_of(cast.director.person_id, COMMUNITY, valid_from=began)).follow()
    moves = Moves(cast, random.Random(3))
    for _step in range(12):
        moved(moves.of(moves.dice.choice(["record", "add_door", "accept_list", "share", "hand_out", "void"])))
    device.follow()
    assert device.doors == anew(device)
