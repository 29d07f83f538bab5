"""Search tokens: which keyed hashes a mention gets, and which ones a typed text asks for.

Equality only, so that an index serves under row-level security. Never a single character: its frequency would give
王 away to whoever steals the database.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from firstline.identifiers import names, phone
from firstline.identifiers.width import halve
from firstline.kernel import crypto, prepared
from firstline.registry.person_line import PersonSaid

ENDING = 4


class TokenKind(StrEnum):
    PHONE = "phone"
    PHONE_END = "phone_end"
    DOCUMENT = "document"
    DOCUMENT_END = "document_end"
    NAME = "name"
    NAME_PART = "name_part"
    PINYIN = "pinyin"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a typed text asks for: any token of ``either``, or one of each of ``parts``; ``name`` is the folded name.

    A part has one token for each key of the emergency: what was said before a rotation is found as well.
    """

    kind: TokenKind
    either: frozenset[bytes]
    parts: tuple[frozenset[bytes], ...] = ()
    name: str = ""


def words_of(person: PersonSaid) -> set[tuple[TokenKind, str]]:
    """The normalised strings by which a mention can be found."""
    numbers = {number for said in person.phones if len(number := _phone(said)) >= ENDING}
    words = {(TokenKind.PHONE, number) for number in numbers}
    words |= {(TokenKind.PHONE_END, number[-ENDING:]) for number in numbers}
    if len(document := _document(person.id_number)) >= ENDING:
        words |= {(TokenKind.DOCUMENT, document), (TokenKind.DOCUMENT_END, document[-ENDING:])}
    if len(name := names.fold(person.name)) >= 2:
        words |= {(TokenKind.NAME, name), *((TokenKind.NAME_PART, part) for part in _parts(name))}
        if len(sound := names.pinyin(person.name)) >= 2:
            words.add((TokenKind.PINYIN, sound))
    return words


def _parts(name: str) -> set[str]:
    """The pairs of a folded name, each also as it is folded when somebody types no more than that."""
    parts = set(names.bigrams(name))
    return parts | {names.fold(part) for part in parts}


def of(person: PersonSaid, *, key_id: uuid.UUID) -> list[bytes]:
    """All tokens of a mention."""
    return sorted({crypto.token(kind, word, key_id=key_id) for kind, word in words_of(person)})


def asked_for(text: str, *, key_ids: Sequence[uuid.UUID]) -> Asked | None:
    """What to look for under any of the keys; None when it is too short to look for anybody."""

    def tokens(*words: tuple[TokenKind, str]) -> frozenset[bytes]:
        return frozenset(crypto.token(kind, word, key_id=key_id) for key_id in key_ids for kind, word in words)

    plain = halve(text)
    number = _document(plain)
    if number[:-1].isdecimal() and number[-1:] in "0123456789X" and len(number) >= ENDING:
        if len(number) == ENDING:
            return Asked(TokenKind.PHONE_END, tokens((TokenKind.PHONE_END, number), (TokenKind.DOCUMENT_END, number)))
        return Asked(TokenKind.PHONE, tokens((TokenKind.PHONE, _phone(plain)), (TokenKind.DOCUMENT, number)))
    name = names.fold(plain)
    if name.isascii():
        sound, words = names.pinyin(plain), [(TokenKind.DOCUMENT, number)] if len(number) > ENDING else []
        words += [(TokenKind.PINYIN, sound)] if len(sound) >= 2 else []
        return Asked(TokenKind.PINYIN, tokens(*words)) if words else None
    if len(name) < 2:
        return None
    parts = tuple(tokens((TokenKind.NAME_PART, part)) for part in sorted(set(names.bigrams(name))))
    return Asked(TokenKind.NAME, tokens((TokenKind.NAME, name)), parts, name)


def write(mentions: Iterable[tuple[uuid.UUID, str, Sequence[bytes]]]) -> None:
    """Write the tokens of mentions (id, path, tokens) in one statement; known ones are left alone.

    Eight tokens a name: as model objects they would cost more time than all the rest of an import.
    """
    rows = [{"mention_id": mention_id, "path": path, "tokens": found} for mention_id, path, found in mentions if found]
    if not rows:
        return
    with prepared.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_mentiontoken (token, mention_id, path)"
            " SELECT decode(token, 'base64'), mention_id, path"
            " FROM json_to_recordset(%s) AS incoming (mention_id uuid, path text, tokens json),"
            " json_array_elements_text(tokens) AS token ON CONFLICT DO NOTHING",
            [msgspec.json.encode(rows).decode()],
        )


def _phone(text: str) -> str:
    """Digits of one number as identifiers read it (no +86, no extension), else whatever digits there are."""
    first = phone.parse_cell(text).first
    return first.canonical if first and first.canonical else "".join(filter(str.isdecimal, halve(text)))


def _document(text: str) -> str:
    return "".join(character for character in halve(text).upper() if character.isalnum())
