"""Which tokens a mention gets, and that whatever is typed of it finds it."""

import uuid

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from firstline.identifiers import names
from firstline.kernel import crypto
from firstline.registry import tokens
from firstline.registry.person_line import PersonSaid
from firstline.registry.tokens import TokenKind

PERSON = PersonSaid("王建国", phones=("13912345678", "03583565092"), id_number="142302197602226845")
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@pytest.fixture(scope="module")
def key() -> uuid.UUID:
    key_id = uuid.uuid4()
    crypto.create_key(key_id, "test")
    return key_id


def test_the_words_of_a_mention() -> None:
    assert tokens.words_of(PERSON) == {
        (TokenKind.PHONE, "13912345678"),
        (TokenKind.PHONE_END, "5678"),
        (TokenKind.PHONE, "03583565092"),
        (TokenKind.PHONE_END, "5092"),
        (TokenKind.DOCUMENT, "142302197602226845"),
        (TokenKind.DOCUMENT_END, "6845"),
        (TokenKind.NAME, "王建国"),
        (TokenKind.NAME_PART, "王建"),
        (TokenKind.NAME_PART, "建国"),
        (TokenKind.PINYIN, "wangjianguo"),
    }


@pytest.mark.parametrize(
    "typed",
    ["王建国", "王 建国", "建国", "王建", "wangjianguo", "Wang Jianguo", "13912345678", "139 1234 5678",
     "+86 139-1234-5678", "5678", "0358-3565092", "5092", "142302197602226845", "142302 19760222 6845", "6845"],
)  # fmt: skip
def test_typed_in_any_of_these_ways_it_is_found(key: uuid.UUID, typed: str) -> None:
    asked = tokens.asked_for(typed, key_ids=[key])
    has = set(tokens.of(PERSON, key_id=key))
    assert asked is not None
    assert asked.either & has or (asked.parts and all(part & has for part in asked.parts))


@pytest.mark.parametrize("typed", ["", "王", "5", "12", "123", " ", "-", "w"])
def test_too_little_looks_for_nobody(key: uuid.UUID, typed: str) -> None:
    assert tokens.asked_for(typed, key_ids=[key]) is None


def test_other_keys_give_other_tokens(key: uuid.UUID) -> None:
    other = uuid.uuid4()
    crypto.create_key(other, "test")
    assert not set(tokens.of(PERSON, key_id=key)) & set(tokens.of(PERSON, key_id=other))


@given(HAN)
def test_no_token_stands_for_a_single_character(name: str) -> None:
    assert all(len(word) >= 2 for _kind, word in tokens.words_of(PersonSaid(name)))


@settings(max_examples=50)
@given(name=HAN, at=st.integers(0, 2))
def test_any_two_neighbouring_characters_find_a_name(key: uuid.UUID, name: str, at: int) -> None:
    part = name[at : at + 2]
    assume(len(part) == 2 and names.clean(name) == name)  # 业主 before a name is no part of it
    asked = tokens.asked_for(part, key_ids=[key])
    has = set(tokens.of(PersonSaid(name), key_id=key))
    assert asked is not None
    assert asked.either & has or all(part & has for part in asked.parts)
