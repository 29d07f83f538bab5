import pytest

from firstline import tables
from firstline.tables import Limits, errors
from firstline.tables.apart import Bounds, read_apart
from firstline.tables.limits import MEGABYTE
from firstline.tables.tests.samples import bent, xls, xlsx
from firstline.tables.tests.test_workbook import dressed


@pytest.mark.parametrize(
    "data", [dressed(), xls([["1-101", "王建国", 13912345678.0]]), "房号,姓名\n1-101,王建国\n".encode("gb18030")]
)
def test_what_is_read_apart_is_what_is_read_here(data: bytes) -> None:
    assert read_apart(data) == tables.read(data)


def test_a_refusal_comes_back_with_its_data() -> None:
    with pytest.raises(errors.TooManyRows) as caught:
        read_apart(xlsx([["x"]] * 11), limits=Limits(rows=10))
    assert caught.value.data == {"sheet": "Sheet1", "rows": 11, "limit": 10}


def test_more_memory_than_allowed_is_too_heavy() -> None:
    unfolds = bent(xlsx([["x"]]), lambda name, content: content + b" " * 150_000_000 * name.endswith("sheet1.xml"))
    assert len(unfolds) < MEGABYTE
    with pytest.raises(errors.TooHeavy):
        read_apart(unfolds, bounds=Bounds(memory=192 * MEGABYTE))


def test_more_time_than_allowed_is_too_heavy() -> None:
    slow = b"<table><tr><td>" + b"<b>" * 5_000_000
    with pytest.raises(errors.TooHeavy):
        read_apart(slow, bounds=Bounds(computing=1))
