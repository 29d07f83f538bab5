"""Who answered for a division answers for what it went over into, and for the rows filed under its old path."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.places.divisions import midnight
from firstline.places.models import Place
from firstline.response.models import Rank, Responsibility


@action("response.follow_succession")
def follow_succession(
    actor: Actor, *, predecessors: Sequence[str], successors: Sequence[str], since: date
) -> list[Responsibility]:
    """Name whoever answers for divisions that were merged or split for their successors as well, from that day on.

    Rows filed below an old path stay there, so each line stays in force there too. Where two led in one duty before a
    merger, the one who led longer leads, and the other is down as deputy until somebody says otherwise; whoever led
    both leads once. Raises NotFound (a place elsewhere).
    """
    moment = midnight(since)
    lasting = Q(valid_until=None) | Q(valid_until__gt=moment)
    standing = Responsibility.objects.select_for_update(of=("self",)).filter(lasting, path__in=predecessors)
    begun: list[Responsibility] = []
    for line in standing.select_related("person").order_by("valid_from", "id"):
        beside = [one for path in successors if (one := _beside(actor, line, path, begun)) is not None]
        for one in beside:
            one.valid_from = max(moment, line.valid_from)
        begun += Responsibility.objects.bulk_create(beside)
        after = {"places": [line.path, *successors], "valid_from": max(moment, line.valid_from).isoformat()}
        ledger.record(path=line.path, subject=line, after=after)
    for place in Place.objects.filter(path__in=predecessors).order_by("path"):
        ledger.record(path=place.path, subject=place, after={"places": list(successors)})
    return begun


def _beside(actor: Actor, line: Responsibility, path: str, begun: Sequence[Responsibility]) -> Responsibility | None:
    """The same line at a successor; None where its person stands in that seat already."""
    seat = [one for one in begun if (one.path, one.tier, one.duty) == (path, line.tier, line.duty)]
    if any(one.person_id == line.person_id for one in seat):
        return None
    led = line.rank == Rank.LEAD and any(one.rank == Rank.LEAD for one in seat)
    return Responsibility(
        person=line.person,
        path=path,
        tier=line.tier,
        duty=line.duty,
        label=line.label,
        rank=Rank.DEPUTY if led else line.rank,
        valid_until=line.valid_until,
        source=line.source,
        source_id=line.source_id,
        recorded_by_id=actor.person_id,
        continues=line,
    )
