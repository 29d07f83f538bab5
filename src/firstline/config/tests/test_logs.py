"""What a fault leaves in the log: where in our own lines it broke, and nothing a person could be known by."""

import pytest
from django.db import DatabaseError, transaction

from firstline.config.logs import where_it_broke
from firstline.places.selectors import place_at


@pytest.mark.django_db
def test_a_database_error_names_our_own_lines_and_the_last_of_djangos() -> None:
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        place_at("王建国\0")
    event = where_it_broke(None, "", {"exc_info": raised.value})
    assert "selectors.py" in "".join(event["at"])
    assert "place_at" in "".join(event["at"])
    assert "django" in event["at"][-1] or "psycopg" in event["at"][-1]
    assert "王建国" not in str(event)


def test_a_deep_fault_keeps_the_twelve_of_ours_that_are_nearest() -> None:
    with pytest.raises(RecursionError) as raised:
        deep(30)
    event = where_it_broke(None, "", {"exc_info": raised.value})
    assert len(event["at"]) == 12
    assert event["at"][-1].endswith("deep")


def deep(more: int) -> None:
    if not more:
        raise RecursionError
    deep(more - 1)
