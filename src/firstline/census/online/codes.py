"""Short codes that people type: of a link on a poster, and of a household that comes back to its own report.

Eight of 27 signs are 38 bits. No two signs look alike in print or in handwriting: 0 and O, 1, I and L are left out
altogether, and of 2 and Z, 5 and S, 8 and B the digit stands for both.
"""

import secrets

from firstline.identifiers.width import halve

SIGNS = "23456789ACDEFGHJKMNPQRTVWXY"
LENGTH = 8
_MEANT = str.maketrans("ZSB", "258")


def new_code() -> str:
    """A code that nobody can guess and that says nothing."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def code_of(secret: bytes) -> str:
    """The code that follows from 16 secret bytes: the same household gets the same one each time."""
    number, signs = int.from_bytes(secret, "big"), []
    for _sign in range(LENGTH):
        number, at = divmod(number, len(SIGNS))
        signs.append(SIGNS[at])
    return "".join(signs)


def typed_code(text: str) -> str:
    """A code as somebody typed it: in any case, width and grouping; empty when it can be none."""
    signs = "".join(sign for sign in halve(text[:40]).upper() if sign.isalnum()).translate(_MEANT)
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else ""


def grouped(code: str) -> str:
    """``7KM4 XQ2P``: four and four, as it is read out."""
    return f"{code[:4]} {code[4:]}"
