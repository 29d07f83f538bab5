"""Data keys on record: one standing key, made once, and a start that stops when a key is missing or another one."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from firstline.kernel import crypto, keys
from firstline.kernel.errors import KeyMissing
from firstline.kernel.models import DataKey

ORGANISATION = DataKey.Purpose.ORGANISATION


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    keys.forget_standing_key()
    crypto.forget_cached_keys()
    yield
    keys.forget_standing_key()
    crypto.forget_cached_keys()


def file_of(key: DataKey) -> Path:
    return Path(settings.FIRSTLINE_KEY_FOLDER) / f"{key.pk}.key"


def test_standing_key_is_made_once(db: None) -> None:
    assert keys.organisation_key() == keys.organisation_key()
    assert DataKey.objects.filter(purpose=ORGANISATION).count() == 1


def test_key_whose_row_was_rolled_back_is_forgotten(transactional_db: None) -> None:
    with transaction.atomic():
        lost = keys.organisation_key()
        transaction.set_rollback(True)
    assert keys.organisation_key() != lost
    assert DataKey.objects.get(purpose=ORGANISATION).pk == keys.organisation_key()


def test_two_at_once_end_with_one_key(transactional_db: None) -> None:
    start, found = threading.Barrier(2), set()

    def ask() -> None:
        start.wait()
        found.add(keys.organisation_key())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {DataKey.objects.get(purpose=ORGANISATION).pk}


def test_all_keys_at_hand(db: None) -> None:
    keys.make_key(DataKey.Purpose.EMERGENCY)
    keys.organisation_key()
    keys.check_all()


def test_missing_key_stops_the_check_and_names_the_file(db: None) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    file_of(key).unlink()
    crypto.forget_cached_keys()
    with pytest.raises(KeyMissing, match=str(key.pk)):
        keys.check_all()


def test_another_key_under_the_same_name_stops_the_check(db: None) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    file_of(key).unlink()
    crypto.forget_cached_keys()
    crypto.create_key(key.pk, "emergency")
    with pytest.raises(KeyMissing):
        keys.check_all()
