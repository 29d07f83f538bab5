"""Telephone numbers of calls: read from what was pasted, and turned into what calls of one number share."""

from firstline.identifiers import phone
from firstline.kernel import crypto
from firstline.registry.tokens import TokenKind
from firstline.response.selectors import emergency_at, key_ids_of


def read_phone(text: str) -> str:
    """The digits of the telephone number in a text, as identifiers write it; "" when there is none."""
    first = phone.parse_cell(text).first
    return first.canonical if first else ""


def tokens_of(digits: str, path: str) -> list[bytes]:
    """The tokens of a number under every key of the emergency in force at a place."""
    return [crypto.token(TokenKind.PHONE, digits, key_id=key_id) for key_id in key_ids_of(emergency_at(path))]
