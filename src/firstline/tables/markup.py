"""XML as a stream of events, by expat: never a tree, no document type, so no entity can unfold."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from .errors import Damaged

Attributes = dict[str, str]


class Markup:
    """Override what is to be heard. Names are `namespace local`, or `local` alone where there is no namespace."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...

    def read(self, chunks: Iterable[bytes | str]) -> None:
        """Raises Damaged, and whatever the events raise."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError) as problem:
            raise Damaged from problem


def _refuse(*_told: object) -> None:
    raise Damaged
