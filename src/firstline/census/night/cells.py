"""The cells of one line of the night's grid. Pure."""

from collections.abc import Sequence

import msgspec


class Cells(msgspec.Struct, frozen=True):
    """One line as it was typed. ``paper`` says on which sheet it stands, ``visitor`` who was at the door."""

    door: str = ""
    outcome: str = ""
    people: str = ""
    note: str = ""
    time: str = ""
    channel: str = ""
    visitor: str = ""
    paper: str = ""

    @property
    def empty(self) -> bool:
        """Nothing typed that says anything; what is carried down says nothing by itself."""
        return not (self.door or self.outcome or self.people or self.note)

    @property
    def blank(self) -> bool:
        """Nothing typed at all."""
        return not any(self.values)

    @property
    def goes_on(self) -> bool:
        """More people of the household above."""
        return bool(self.people) and not (self.door or self.outcome)

    @property
    def values(self) -> list[str]:
        """The cells in the order of ``FIELDS``."""
        return [getattr(self, name) for name in FIELDS]

    @classmethod
    def of(cls, values: Sequence[str]) -> "Cells":
        """The line of cells in that order; what is missing is empty."""
        return cls(*values[: len(FIELDS)])


FIELDS: tuple[str, ...] = Cells.__struct_fields__
