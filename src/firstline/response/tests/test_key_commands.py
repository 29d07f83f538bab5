"""The custody of keys at the operator's console: everything the page does, and two passwords for what takes two."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from firstline.kernel import keys
from firstline.kernel.models import DataKey
from firstline.response.models import DestructionProposal, Emergency, KeyCopy
from firstline.response.tests.keys import over
from firstline.testing.cast import COUNTY, PASSWORD, Cast


def said(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda password: monkeypatch.setattr("getpass.getpass", lambda _prompt: password)


def test_rotating(cast: Cast) -> None:
    before, standing = cast.emergency.key_id, keys.organisation_key()
    told = said("rotate_key", place=COUNTY)
    emergency = Emergency.objects.get(pk=cast.emergency.pk)
    assert emergency.key.follows_id == before
    assert f"{emergency.key_id}.key" in told
    said("rotate_key", organisation=True)
    assert DataKey.objects.get(follows=standing).purpose == DataKey.Purpose.ORGANISATION


def test_copies(cast: Cast) -> None:
    said("key_copies", key=cast.emergency.key_id, at="机要室保险柜")
    copy = KeyCopy.objects.get()
    assert "机要室保险柜" in said("key_copies")
    said("key_copies", destroyed=copy.pk)
    with pytest.raises(CommandError):
        said("key_copies", destroyed=copy.pk)
    with pytest.raises(CommandError):
        said("key_copies", key=uuid.uuid4(), at="somewhere")


def test_ending_says_until_when_it_is_kept(cast: Cast) -> None:
    told = said("end_emergency", place=COUNTY, keep_days=30)
    until = Emergency.objects.get(pk=cast.emergency.pk).kept_until
    assert until is not None
    assert localdate(until).isoformat() in told
    with pytest.raises(CommandError):
        said("end_emergency", place=COUNTY)


def test_destroying_takes_the_password_of_each(cast: Cast, typing: Callable[[str], None]) -> None:
    emergency = over(cast)
    typing("not-the-password")
    with pytest.raises(CommandError):
        said("destroy_key", emergency=emergency.pk, login="lishi")
    assert not DestructionProposal.objects.exists()
    typing(PASSWORD)
    said("destroy_key", emergency=emergency.pk, login="lishi")
    with pytest.raises(CommandError):
        said("destroy_key", emergency=emergency.pk, login="lishi")
    assert not Emergency.objects.get(pk=emergency.pk).key.destroyed_at
    said("destroy_key", emergency=emergency.pk, login="lishi2")
    assert Emergency.objects.get(pk=emergency.pk).key.destroyed_at
    assert str(emergency.pk) in said("destroy_key")


def test_without_a_login_nothing_is_destroyed(cast: Cast) -> None:
    emergency = over(cast)
    with pytest.raises(CommandError):
        said("destroy_key", emergency=emergency.pk, login="")
