"""What one key means in the grid of the night: results, ways of reaching a door, relations. Pure: no database.

Letters are the first of the word as it is said (w 无人, j 拒绝), so that they are learnt by speaking them; where two
words begin alike the rarer one takes another sound of it. Digits are those of the door's page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from firstline.census.results import Channel, Result
from firstline.census.words import WITH_PEOPLE, keys
from firstline.identifiers.width import halve


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: the letter, the digit that does as well, and what it writes down."""

    value: str
    letter: str
    word: str | Promise
    digit: str = ""


_DIGITS = {button.result: button.key for button in keys()}

RESULTS: tuple[Key, ...] = tuple(
    Key(result.value, letter, word, _DIGITS.get(result.value, ""))
    for result, letter, word in (
        (Result.REGISTERED, "d", pgettext_lazy("night entry", "registered")),
        (Result.PARTIAL, "b", pgettext_lazy("night entry", "in part")),
        (Result.NO_ANSWER, "w", pgettext_lazy("night entry", "nobody in")),
        (Result.COME_BACK, "z", pgettext_lazy("night entry", "later today")),
        (Result.FORM_SLIPPED, "s", pgettext_lazy("night entry", "form left")),
        (Result.FORM_RETURNED, "h", pgettext_lazy("night entry", "form back")),
        (Result.NOTICE_POSTED, "t", pgettext_lazy("night entry", "notice up")),
        (Result.REFUSED, "j", pgettext_lazy("night entry", "refused")),
        (Result.REFUSED_SAFETY, "a", pgettext_lazy("night entry", "afraid to open")),
        (Result.REFUSED_PRIVACY, "y", pgettext_lazy("night entry", "afraid for data")),
        (Result.VACANT, "k", pgettext_lazy("night entry", "empty")),
        (Result.SAID_VACANT, "e", pgettext_lazy("night entry", "said to be empty")),
        (Result.NOT_A_HOME, "f", pgettext_lazy("night entry", "no home")),
        (Result.NOT_FOUND, "m", pgettext_lazy("night entry", "not found")),
        (Result.CALL_LATER, "q", pgettext_lazy("night entry", "call later")),
        (Result.SWITCHED_OFF, "g", pgettext_lazy("night entry", "switched off")),
        (Result.SUSPENDED, "x", pgettext_lazy("night entry", "suspended")),
        (Result.BUSY, "l", pgettext_lazy("night entry", "busy")),
        (Result.HUNG_UP, "p", pgettext_lazy("night entry", "hung up")),
        (Result.NUMBER_DEAD, "n", pgettext_lazy("night entry", "no such number")),
        (Result.WRONG_NUMBER, "c", pgettext_lazy("night entry", "wrong number")),
    )
)
CHANNELS: tuple[Key, ...] = (
    Key(Channel.DOOR.value, "s", pgettext_lazy("night entry", "at the door")),
    Key(Channel.PAPER.value, "z", pgettext_lazy("night entry", "on paper")),
    Key(Channel.PHONE.value, "d", pgettext_lazy("night entry", "by phone")),
    Key(Channel.INTERCOM.value, "l", pgettext_lazy("night entry", "intercom")),
    Key(Channel.CALLBACK.value, "h", pgettext_lazy("night entry", "they called")),
)
# A letter behind a name stands for the word: 王建国 56 m h is 王建国 56 男 户主. m and f are the sex.
RELATIONS: dict[str, tuple[str, str | Promise]] = {
    "h": ("户主", pgettext_lazy("night entry", "head")),
    "p": ("配偶", pgettext_lazy("night entry", "spouse")),
    "z": ("子女", pgettext_lazy("night entry", "child")),
    "b": ("父母", pgettext_lazy("night entry", "parent")),
    "x": ("儿媳", pgettext_lazy("night entry", "child-in-law")),
    "s": ("孙子", pgettext_lazy("night entry", "grandchild")),
    "y": ("爷爷", pgettext_lazy("night entry", "grandparent")),
    "d": ("兄弟", pgettext_lazy("night entry", "sibling")),
    "k": ("租客", pgettext_lazy("night entry", "tenant")),
    "q": ("亲戚", pgettext_lazy("night entry", "relative")),
    "t": ("同住人", pgettext_lazy("night entry", "lives along")),
}

# A letter that stands alone; in a name of Latin letters it is a part of the name.
_LONE = re.compile(r"(?<=[\s,、;])[A-Za-z](?=[\s,、;]|$)")
_RESULTS = {said: key.value for key in RESULTS for said in (key.letter, key.digit, key.value) if said}
_CHANNELS = {said: key.value for key in CHANNELS for said in (key.letter, key.value)}


def read_result(text: str) -> str:
    """The result that a cell says: a letter, a digit, or the word of the legend; empty where it says none."""
    return _read(text, _RESULTS, RESULTS, Result)


def read_channel(text: str) -> str:
    """The way of reaching a door that a cell says; empty where it says none."""
    return _read(text, _CHANNELS, CHANNELS, Channel)


def letter_of(result: str) -> str:
    """The letter that writes a result; its word where it has none."""
    return next((key.letter for key in RESULTS if key.value == result), result)


def letter_of_channel(channel: str) -> str:
    """The letter of a channel; its word where it has none."""
    return next((key.letter for key in CHANNELS if key.value == channel), channel)


def quick(*, with_people: bool) -> str:
    """The characters that complete the outcome's cell: those after which people follow, or those after which none."""
    return "".join(key.letter + key.digit for key in RESULTS if (Result(key.value) in WITH_PEOPLE) is with_people)


def in_words(line: str) -> str:
    """A line about one person with the letters behind the name turned into words of relation."""
    plain = halve(line)
    return plain if plain[:1].isascii() else _LONE.sub(_relation, plain)


def _relation(found: re.Match[str]) -> str:
    letter = found[0].lower()
    return RELATIONS[letter][0] if letter in RELATIONS else found[0]


def _read(text: str, by_key: dict[str, str], legend: tuple[Key, ...], words: type[Result] | type[Channel]) -> str:
    said = halve(text).casefold()
    return by_key.get(said) or next((value for value, word in _words(legend, words) if word == said), "")


def _words(legend: tuple[Key, ...], words: type[Result] | type[Channel]) -> Iterator[tuple[str, str]]:
    for key in legend:
        yield key.value, str(key.word).casefold()
    for value, label in words.choices:
        yield value, str(label).casefold()
