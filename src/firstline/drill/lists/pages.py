"""What a spreadsheet can hold, before it is any kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from firstline.drill.lists.notation import Value


@dataclass
class Page:
    """One sheet. ``merges`` are (row, column, last row, last column), from 1; the value stands in the first cell."""

    name: str
    rows: list[list[Value]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def add(self, *values: Value) -> int:
        """Write a row; its number."""
        self.rows.append(list(values))
        return len(self.rows)

    def add_all(self, rows: Sequence[Sequence[Value]]) -> None:
        self.rows.extend(list(row) for row in rows)

    def title(self, text: str, width: int) -> None:
        """A line across the whole table."""
        row = self.add(text)
        self.merges.append((row, 1, row, width))

    def merge_down(self, column: int, first: int, last: int) -> None:
        """One cell for several rows; only the first keeps its value."""
        if last > first:
            self.merges.append((first, column, last, column))
            for row in self.rows[first:last]:
                row[column - 1] = ""
