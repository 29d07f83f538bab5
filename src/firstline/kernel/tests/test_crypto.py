"""Sealing: what was moved or altered does not open, a missing key says so, and tokens show only equality."""

import json
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import LazySettings
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from firstline.kernel import crypto
from firstline.kernel.errors import KeyMissing, SealBroken

KEY = uuid.UUID("01927f3e-0000-7000-8000-000000000001")
ROW = "registry_mention:1"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    settings.FIRSTLINE_KEY_FOLDER = tmp_path / "keys"
    crypto.forget_cached_keys()
    yield tmp_path / "keys"
    crypto.forget_cached_keys()


@pytest.fixture
def key(folder: Path) -> uuid.UUID:
    crypto.create_key(KEY, "emergency")
    return KEY


def test_key_file_is_for_its_owner_only(key: uuid.UUID, folder: Path) -> None:
    file = folder / f"{key}.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_key_is_never_replaced(key: uuid.UUID, folder: Path) -> None:
    before = (folder / f"{key}.key").read_bytes()
    with pytest.raises(FileExistsError):
        crypto.create_key(key, "emergency")
    assert (folder / f"{key}.key").read_bytes() == before


@rules(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(clear=st.binary(max_size=500))
def test_what_was_sealed_opens(key: uuid.UUID, clear: bytes) -> None:
    envelope = crypto.seal(clear, key_id=key, row=ROW)
    assert crypto.unseal(envelope, row=ROW) == clear
    assert crypto.unseal(memoryview(envelope), row=ROW) == clear
    assert crypto.key_of(envelope) == key


def test_two_envelopes_of_one_text_differ(key: uuid.UUID) -> None:
    assert crypto.seal(b"same", key_id=key, row=ROW) != crypto.seal(b"same", key_id=key, row=ROW)


def test_moved_envelope_does_not_open(key: uuid.UUID) -> None:
    envelope = crypto.seal("王海燕".encode(), key_id=key, row=ROW)
    with pytest.raises(SealBroken):
        crypto.unseal(envelope, row="registry_mention:2")


def test_every_altered_byte_is_noticed(key: uuid.UUID) -> None:
    envelope = crypto.seal(b"a phone", key_id=key, row=ROW)
    for place in range(len(envelope)):
        altered = bytearray(envelope)
        altered[place] ^= 1
        with pytest.raises((SealBroken, KeyMissing)):
            crypto.unseal(bytes(altered), row=ROW)


@pytest.mark.parametrize("length", [0, 1, 17, 28, 30, 44])
def test_cut_envelope_does_not_open(key: uuid.UUID, length: int) -> None:
    with pytest.raises(SealBroken):
        crypto.unseal(crypto.seal(b"a phone", key_id=key, row=ROW)[:length], row=ROW)


def test_another_key_under_the_same_id_does_not_open(key: uuid.UUID, folder: Path) -> None:
    envelope, check = crypto.seal(b"a phone", key_id=key, row=ROW), crypto.check_value(key)
    (folder / f"{key}.key").unlink()
    crypto.forget_cached_keys()
    crypto.create_key(key, "emergency")
    assert crypto.check_value(key) != check
    with pytest.raises(SealBroken):
        crypto.unseal(envelope, row=ROW)


def test_missing_key_names_the_file_to_put_back(key: uuid.UUID, folder: Path) -> None:
    envelope = crypto.seal(b"a phone", key_id=key, row=ROW)
    (folder / f"{key}.key").unlink()
    crypto.forget_cached_keys()
    with pytest.raises(KeyMissing, match=str(key)) as missing:
        crypto.unseal(envelope, row=ROW)
    assert missing.value.status == 503
    with pytest.raises(KeyMissing):
        crypto.seal(b"a phone", key_id=key, row=ROW)
    with pytest.raises(KeyMissing):
        crypto.token("name", "a name", key_id=key)


@pytest.mark.parametrize("body", ["", "{", "{}", '{"key": "AAAA"}', '{"key": "not base64!"}', "[]", '{"key": 7}'])
def test_damaged_key_file_counts_as_missing(key: uuid.UUID, folder: Path, body: str) -> None:
    (folder / f"{key}.key").write_text(body)
    crypto.forget_cached_keys()
    with pytest.raises(KeyMissing):
        crypto.check_value(key)


def test_envelope_is_what_its_description_says(folder: Path) -> None:
    """Opened here by the standards alone (RFC 5869, AES-256-GCM), so that a backup can be read without this program."""
    secret = bytes(range(32))
    folder.mkdir()
    (folder / f"{KEY}.key").write_text(json.dumps({"key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}))
    envelope = crypto.seal(b"a phone", key_id=KEY, row=ROW)
    version, key_id, nonce, ciphertext = envelope[:1], envelope[1:17], envelope[17:29], envelope[29:]
    assert (version, key_id) == (b"\x01", KEY.bytes)
    sealing = HKDF(SHA256(), 32, salt=KEY.bytes, info=b"firstline sealing").derive(secret)
    assert AESGCM(sealing).decrypt(nonce, ciphertext, ROW.encode()) == b"a phone"
    # Fixed for ever: what is stored was made with these.
    assert sealing.hex() == "ecd905fae45e2df7ef6301824c0a9dfad80f393291814170746efa1f9dda5ba9"
    assert crypto.token("phone", "13900001111", key_id=KEY).hex() == "d2c82ec01d568418042d59045cda6fa2"
    assert crypto.check_value(KEY).hex() == "3ed06d0c090cc023"


def test_tokens_tell_kinds_and_keys_apart(key: uuid.UUID) -> None:
    other = uuid.UUID(int=7)
    crypto.create_key(other, "emergency")
    tokens = {
        crypto.token("name", "王海燕", key_id=key),
        crypto.token("pinyin", "王海燕", key_id=key),
        crypto.token("name", "王海", key_id=key),
        crypto.token("name", "王海燕", key_id=other),
    }
    assert len(tokens) == 4
    assert {len(token) for token in tokens} == {16}
    assert crypto.token("name", "王海燕", key_id=key) in tokens
