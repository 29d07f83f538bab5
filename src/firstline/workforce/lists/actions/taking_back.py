"""An accepted list is taken back: what it began ends, what it ended begins anew; what stood in between stays."""

import uuid

from django.db.models import Q

from firstline.accounts.details.actions import restore_details
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.keys import organisation_key
from firstline.places.models import Post
from firstline.places.posts import close_post
from firstline.response.answering.actions import take_back
from firstline.response.models import Responsibility
from firstline.workforce.lists.errors import PeopleListOver
from firstline.workforce.lists.selectors import effects_of, locked, state_of
from firstline.workforce.models import Effect, ListDecision, ListVerdict, StaffMember, TeamMember


@action("workforce.take_back_people")
def take_back_people(actor: Actor, *, list_id: uuid.UUID) -> ListDecision:
    """Undo all that an accepted list did, as far as nobody changed it since. People stay on record.

    Raises NotFound, PeopleListOver (it does not count).
    """
    people_list = locked(actor, list_id, needs="workforce.take_back_people")
    if state_of(people_list) != ListVerdict.ACCEPTED:
        raise PeopleListOver
    done: dict[str, list[uuid.UUID]] = {}
    for effect in effects_of(people_list):
        if effect.target_id is not None:
            done.setdefault(effect.effect, []).append(effect.target_id)
    _teams(actor, done)
    _staff(actor, done)
    _responsibilities(actor, done)
    _posts(done.get(Effect.POST, []))
    if corrected := done.get(Effect.DETAILS):
        restore_details(actor, former_ids=corrected)
    decision = ListDecision(
        path=people_list.path, people_list=people_list, verdict=ListVerdict.TAKEN_BACK, by_person_id=actor.person_id
    )
    decision.save(force_insert=True)
    ledger.record(path=people_list.path, subject=people_list, before={"rows": sum(map(len, done.values()))})
    return decision


def _responsibilities(actor: Actor, done: dict[str, list[uuid.UUID]]) -> None:
    now = clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    begun = Responsibility.objects.filter(lasting, pk__in=done.get(Effect.RESPONSIBILITY, []))
    ids = list(begun.values_list("pk", flat=True)) + done.get(Effect.RESPONSIBILITY_ENDED, [])
    if ids:
        take_back(actor, responsibility_ids=ids)


def _teams(actor: Actor, done: dict[str, list[uuid.UUID]]) -> None:
    now = clock.now()
    TeamMember.objects.filter(pk__in=done.get(Effect.TEAM, []), valid_until=None).update(valid_until=now)
    for member in TeamMember.objects.filter(pk__in=done.get(Effect.TEAM_ENDED, [])):
        if TeamMember.objects.filter(team_id=member.team_id, person_id=member.person_id, valid_until=None).exists():
            continue
        TeamMember.objects.create(
            path=member.path,
            team_id=member.team_id,
            person_id=member.person_id,
            role=member.role,
            leads=member.leads,
            recorded_by_id=actor.person_id,
            follows=member,
        )


def _staff(actor: Actor, done: dict[str, list[uuid.UUID]]) -> None:
    now = clock.now()
    StaffMember.objects.filter(pk__in=done.get(Effect.STAFF, []), valid_until=None).update(valid_until=now)
    for member in StaffMember.objects.filter(pk__in=done.get(Effect.STAFF_ENDED, [])):
        same = {"person_id": member.person_id, "organisation_id": member.organisation_id}
        if StaffMember.objects.filter(**same, valid_until=None).exists():
            continue
        again = StaffMember(
            path=member.path,
            post=member.post,
            party_member=member.party_member,
            recorded_by_id=actor.person_id,
            **same,
        )
        again.seal(member.open(), organisation_key())
        again.save(force_insert=True)


def _posts(ids: list[uuid.UUID]) -> None:
    """Posts that the list put on record stand no more, unless somebody answers for them by now."""
    now = clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    for post in Post.objects.filter(pk__in=ids, closed_at=None):
        if not Responsibility.objects.filter(lasting, path=post.path).exists():
            close_post(post)
