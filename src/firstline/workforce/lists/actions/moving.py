"""Somebody is moved to another team; where they were stays on record."""

import uuid

from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import in_ranges
from firstline.workforce.lists.errors import MovedAlready
from firstline.workforce.models import Team, TeamMember


@action("workforce.regroup")
def regroup(actor: Actor, *, member_id: uuid.UUID, team_id: uuid.UUID) -> TeamMember:
    """Move a member to another team of the actor's places, in the same role. Raises NotFound, MovedAlready."""
    within = in_ranges(actor.ranges("workforce.regroup"))
    member = TeamMember.objects.select_for_update(of=("self",)).filter(within, pk=member_id).first()
    team = Team.objects.filter(within, pk=team_id).first()
    if member is None or team is None:
        raise NotFound
    if member.valid_until is not None or member.team_id == team.pk:
        raise MovedAlready
    member.valid_until = clock.now()
    member.save(update_fields=["valid_until"])
    moved = TeamMember.objects.create(
        path=team.path,
        team=team,
        person_id=member.person_id,
        role=member.role,
        valid_from=member.valid_until,
        recorded_by_id=actor.person_id,
        follows=member,
    )
    name = details_of(member.person).name
    ledger.record(path=member.path, subject=member, before={"person": name, "team": member.team.name})
    ledger.record(path=team.path, subject=moved, after={"person": name, "team": team.name})
    return moved
