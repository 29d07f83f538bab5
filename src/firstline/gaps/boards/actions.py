"""A county officer confirms the county's figures for the level above."""

from firstline.census.coverage import coverage
from firstline.gaps.boards.figures import COUNTY_LENGTH, sums
from firstline.gaps.escalation import COUNTY
from firstline.gaps.models import ConfirmedCount
from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import subtree

CONFIRM = "gaps.confirm_counts"


@action(CONFIRM)
def confirm_counts(actor: Actor, *, path: str) -> ConfirmedCount:
    """Keep a county's figures as of now as confirmed by the actor. Raises Forbidden, NotFound (not a county)."""
    actor.require(CONFIRM, path)
    if len(path) != COUNTY_LENGTH:
        raise NotFound
    found = sums(subtree(path), length=COUNTY_LENGTH, level=COUNTY)
    account = coverage(subtree(path)).total
    row = ConfirmedCount.objects.create(
        path=path,
        by_person_id=actor.person_id,
        open_gaps=sum(one.open for one in found),
        day_old=sum(one.day_old for one in found),
        at_county=sum(one.at_county for one in found),
        doors=account.doors,
        left=account.left,
    )
    ledger.record(path=path, subject=row, after={"opened": row.open_gaps, "doors": row.doors})
    return row
