"""A compound that is known is read back right from whatever layout it was written in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstline.registry.reading import FileReading, Kind, RowReading, read_file
from firstline.registry.reading.tests.ugly import Written, layouts

LAYOUTS = dict(layouts())


def rows_of(file: FileReading) -> dict[tuple[int, int, int], RowReading]:
    return {(reading.number, row.row, row.column or 0): row for reading in file.readings for row in reading.rows}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_door_stands_where_it_was_written(layout: Callable[[int], Written], seed: int) -> None:
    written = layout(seed)
    file = read_file(written.sheets)
    told = rows_of(file)
    wrong = {
        place: (label, told[place].door_label or told[place].reason)
        for place, (label, _, _) in written.truth.items()
        if told[place].door_label != label
    }
    assert not wrong
    for place, (_, name, phone) in written.truth.items():
        head = told[place].people[0] if told[place].people else None
        assert (head.name if head else "") == name
        assert not phone or (head is not None and head.phones[:1] == (phone,))
    assert [row for place, row in told.items() if row.kind is not Kind.NO_DATA and place not in written.truth] == []
    assert file.questions == ()
