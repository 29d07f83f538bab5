"""Taking a household in hand to ring it."""

import uuid
from datetime import timedelta

from django.db import connection

from firstline.census.campaigns import campaign_at
from firstline.census.models import CallClaim
from firstline.census.phone.errors import CallTaken
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.places.selectors import door_for

# Long enough for a talk with a family of six, short enough that a caller who went home blocks nobody.
HELD_FOR = timedelta(minutes=10)

_TAKE = f"""
INSERT INTO {CallClaim._meta.db_table} AS held (id, campaign_id, door_id, path, person_id, taken_at, until)
VALUES (%(id)s, %(campaign)s, %(door)s, %(path)s, %(person)s, %(now)s, %(until)s)
ON CONFLICT (campaign_id, door_id) DO UPDATE
    SET id = excluded.id, person_id = excluded.person_id, taken_at = excluded.taken_at, until = excluded.until
    WHERE held.until <= %(now)s OR held.person_id = excluded.person_id
"""  # noqa: S608  # the name of our own table; values are parameters


@action("census.take_call")
def take_call(actor: Actor, *, door_id: uuid.UUID) -> CallClaim:
    """Have a household to oneself for ten minutes; whatever one had before is put down. One statement decides between
    two who press at once. Raises NotFound, EmergencyMissing, CallTaken.
    """
    door = door_for(actor, door_id, needs="census.take_call")
    campaign, now = campaign_at(door.path), clock.now()
    claim = CallClaim(
        id=uuid7(),
        campaign=campaign,
        door=door,
        path=door.path,
        person_id=actor.person_id,
        taken_at=now,
        until=now + HELD_FOR,
    )
    CallClaim.objects.filter(person_id=actor.person_id).exclude(door=door).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {
                "id": claim.pk,
                "campaign": campaign.pk,
                "door": door.pk,
                "path": door.path,
                "person": actor.person_id,
                "now": claim.taken_at,
                "until": claim.until,
            },
        )
        if not cursor.rowcount:
            raise CallTaken
    ledger.record(path=door.path, subject=claim)
    return claim
