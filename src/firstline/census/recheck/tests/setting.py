"""What re-check tests share: a sample of every building of the cast's community, somebody sent to building 1."""

from datetime import date, timedelta

from django.utils import timezone

from firstline.accounts.selectors import actor_of_person
from firstline.census.models.recheck import Recheck, RecheckBuilding
from firstline.census.recheck.actions import assign_recheck, draw_recheck
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.testing.cast import COMMUNITY, Cast, Member


def today_in(days: int = 0) -> date:
    return timezone.localdate(clock.now()) + timedelta(days=days)


def sample(cast: Cast) -> Recheck:
    """The finest precision: with three buildings, all of them."""
    return draw_recheck(cast.director, path=COMMUNITY, half_width=0.001)


def drawn(cast: Cast, recheck: Recheck) -> RecheckBuilding:
    """Building 1 of ``cast.compound`` in a sample."""
    with scope.enter(cast.director):
        return RecheckBuilding.objects.get(recheck=recheck, building=cast.building, drawn=True)


def sent(cast: Cast, row: RecheckBuilding, who: Member | None = None) -> Actor:
    """Somebody who gets the building to walk again, as they are from then on. Default: the next compound's worker."""
    person = (who or cast.worker_next).person_id
    assign_recheck(cast.director, building_id=row.pk, person_id=person, due_on=today_in(2))
    return actor_of_person(person)


def given_out(cast: Cast) -> RecheckBuilding:
    """Building 1 of a sample, in the hands of the next compound's worker."""
    row = drawn(cast, sample(cast))
    sent(cast, row)
    return row
