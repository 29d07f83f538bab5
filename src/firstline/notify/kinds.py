"""What kinds of messages there are, and how each is said; apps register theirs in ``ready()``."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message. Outside of our pages only ``title`` is said, which names nobody; ``text`` is filled by words.

    ``group``: whether robots of a place's chat groups say it too.
    """

    title: Text
    text: Text
    group: bool


_kinds: dict[str, Kind] = {}


def register(kind: str, title: Text, text: Text, *, group: bool = True) -> None:
    """Say how messages of a kind read: ``text`` names its words as ``%(count)d``; no personal data in either."""
    _kinds[kind] = Kind(title, text, group)


def kind_of(name: str) -> Kind:
    """A registered kind. Raises LookupError: somebody tells what no app registered."""
    if (found := _kinds.get(name)) is None:
        raise LookupError(f"nobody registered messages of the kind {name!r}")
    return found


def title_of(name: str) -> str:
    """The title of a kind; of one that is registered no more, its name."""
    return str(_kinds[name].title) if name in _kinds else name


def sentence(name: str, words: Mapping[str, str | int]) -> str:
    """A message in words; "" for a kind that is registered no more."""
    return str(_kinds[name].text % words) if name in _kinds else ""
