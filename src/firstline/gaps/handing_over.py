"""Handing over at the change of shift: what one has taken is another's, with the same end."""

import uuid
from collections.abc import Sequence

from firstline.accounts.selectors import names_of
from firstline.gaps.errors import GapsNotTakeable
from firstline.gaps.gap_page import TAKE
from firstline.gaps.models import Gap, GapEvent, GapNote, Said, What
from firstline.gaps.selectors import READ, open_gaps
from firstline.gaps.telling import tell_taker
from firstline.kernel import clock, ledger, ports
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.keys import organisation_key


@action("gaps.hand_over")
def hand_over(actor: Actor, *, to_person_id: uuid.UUID) -> int:
    """Everything the actor has now is another's, as far as they may take it; how much. The clocks stand on as they did.

    Raises GapsNotTakeable (there is none, or the other may take none of it).
    """
    now = clock.now()
    mine = open_gaps(actor.ranges(READ)).filter(taken_by_id=actor.person_id, taken_until__gt=now)
    name = names_of([to_person_id]).get(to_person_id)
    taker = ports.actor_of_person(to_person_id) if name and to_person_id != actor.person_id else None
    gaps = [gap for gap in mine.order_by("pk").select_for_update(no_key=True) if taker and taker.may(TAKE, gap.path)]
    if not gaps or name is None:
        raise GapsNotTakeable
    pass_on(actor, gaps, to_person_id, name, by_person_id=actor.person_id)
    for gap in gaps:
        ledger.record(path=gap.path, subject=gap, after={"kind": gap.kind, "person": name})
    tell_taker(actor, gaps, to_person_id)
    return len(gaps)


def pass_on(
    actor: Actor, gaps: Sequence[Gap], to_person_id: uuid.UUID, name: str, *, by_person_id: uuid.UUID | None
) -> None:
    """Write down that gaps are another's from now on; ``by_person_id`` None where the end of a shift did it."""
    now, key = clock.now(), organisation_key()
    for gap in gaps:
        gap.taken_by_id = to_person_id
        event = GapEvent.objects.create(
            gap=gap,
            path=gap.path,
            what=What.HANDED_OVER,
            at=now,
            by_person_id=by_person_id,
            tier=gap.tier,
            count=gap.count,
            until=gap.taken_until,
        )
        note = GapNote(id=event.pk, event=event, path=gap.path, by_person_id=actor.person_id)
        note.seal(Said(name), key)
        note.save(force_insert=True)
    Gap.objects.bulk_update(gaps, ["taken_by_id"])
