"""An emergency that is over and whose time for keeping is over, and what was said in it."""

from datetime import timedelta

from firstline.census.actions import record_attempt
from firstline.census.models import Attempt
from firstline.census.results import Result
from firstline.kernel import clock, keys
from firstline.registry.person_line import PersonSaid
from firstline.response.actions import confirm_destruction, declare, end, propose_destruction
from firstline.response.models import Emergency, Level
from firstline.testing.cast import COUNTY, Cast

NAME, PHONE = "王建国", "13912345678"


def visited(cast: Cast, name: str = NAME) -> Attempt:
    """Somebody is named at the door of the cast."""
    return record_attempt(
        cast.worker,
        door_id=cast.door.pk,
        result=Result.REGISTERED,
        people=[PersonSaid(name, phones=(PHONE,) if name == NAME else ())],
        note="狗在院里",
    )


def over(cast: Cast) -> Emergency:
    """The emergency of the cast, ended a day ago, nothing of it to be kept."""
    return end(
        cast.county_officer, emergency_id=cast.emergency.pk, ended_at=clock.now() - timedelta(days=1), keep_days=0
    )


def next_one(cast: Cast) -> Emergency:
    """The emergency after it, in which the pages of doors are used again."""
    return declare(cast.county_officer, path=COUNTY, name="下一次", level=Level.II, legal_basis="《突发事件应对法》")


def destroyed(cast: Cast) -> Emergency:
    """The same, with its keys destroyed by two people."""
    emergency = over(cast)
    propose_destruction(cast.county_officer, emergency_id=emergency.pk)
    confirm_destruction(cast.second_officer, emergency_id=emergency.pk)
    keys.check_all()
    return Emergency.objects.get(pk=emergency.pk)
