"""Reading the table of who answers: for places now and at any moment, the line above them, what was before."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, Value

from firstline.accounts.models import FormerDetails, Person, RoleGrant
from firstline.kernel import clock, paths, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.models import Door, Place, Post
from firstline.places.selectors import in_ranges
from firstline.response.answering.resolving import Answerer, Found, Resolver
from firstline.response.answering.standing import read_standing
from firstline.response.models import Absence, Responsibility, Tier

__all__ = ["READ", "Answerer", "Found", "Rung", "answerers_at", "found_for", "line_above", "who_answers"]

READ = "response.read_answers"


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the line above a place. ``again``: the same person as below, so nothing climbs to them anew."""

    tier: Tier
    answerer: Answerer | None
    again: bool = False


def who_answers(places: Iterable[str]) -> dict[str, Answerer]:
    """Who answers for each path now; a path nobody answers for is left out.

    The nearest of a village's level, the table before grid workers, then the director; else the township's or the
    county's by the table. Deputies answer while somebody is away. Kept for the rest of the scope; one statement, and
    another while somebody is away.
    """
    return _remembered("response.who_answers", places, lambda resolver, path: resolver.nearest(path), clock.now())


def answerers_at(places: Iterable[str], tier: Tier, at: datetime | None = None) -> dict[str, Answerer]:
    """Who answers for each path at one level, now or at a moment; a path nobody answers for is left out.

    Where the table says nothing up to the county, whoever has the level's role there is asked: directors and grid
    workers, subdistrict clerks, county officers.
    """
    memo = f"response.answerers_at {tier} {at.isoformat() if at else ''}"
    return _remembered(memo, places, lambda resolver, path: resolver.nearest(path, tier), at or clock.now())


def found_for(places: Iterable[str]) -> tuple[dict[str, Found], Callable[[Found], Answerer]]:
    """As ``who_answers``, with names still sealed, and what opens one: for pages that count many and name few."""
    wanted = set(places)
    resolver = Resolver(read_standing({place for path in wanted for place in paths.ancestors(path)}, clock.now()))
    return {path: found for path in wanted if (found := resolver.found(path)) is not None}, resolver.answerer


def line_above(path: str, at: datetime | None = None) -> list[Rung]:
    """Who answers for a path at each level, the village first; somebody who stands above themselves is said to."""
    resolver = Resolver(read_standing(set(paths.ancestors(path)), at or clock.now()))
    found: list[Rung] = []
    for tier in Tier:
        answerer = resolver.nearest(path, tier)
        below = {rung.answerer.person_id for rung in found if rung.answerer is not None}
        found.append(Rung(tier, answerer, again=answerer is not None and answerer.person_id in below))
    return found


def places_named() -> set[str]:
    """Every place that somebody was ever named for, or had a role at: nobody answers for any other by itself."""
    roles = RoleGrant.objects.order_by().values_list("path", flat=True)
    return set(Responsibility.objects.order_by().values_list("path", flat=True).union(roles))


def _remembered(
    memo: str, places: Iterable[str], answer: Callable[[Resolver, str], Answerer | None], at: datetime
) -> dict[str, Answerer]:
    known: dict[str, Answerer | None] = scope.memo().setdefault(memo, {})
    wanted = set(places)
    if unknown := wanted - known.keys():
        # These places exactly: a county's page asks for its communities, and below them stand a thousand grid workers.
        above = {place for path in unknown for place in paths.ancestors(path)}
        resolver = Resolver(read_standing(above, at))
        # Those above are read as well, and a page asks for them next.
        known |= {path: answer(resolver, path) for path in above}
    return {path: answerer for path in wanted if (answerer := known[path]) is not None}


def history(path: str) -> list[Responsibility]:
    """Everybody who was ever named for this very path, the latest first, each with their person."""
    found = Responsibility.objects.filter(path=path).select_related("person")
    return list(found.order_by("-valid_from", "-id"))


def lines_of(person_ids: Iterable[uuid.UUID], at: datetime | None = None) -> list[Responsibility]:
    """What people answer for by the table at a moment, in the order of the tree."""
    moment = at or clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=moment)
    found = Responsibility.objects.filter(lasting, person__in=set(person_ids), valid_from__lte=moment)
    return list(found.select_related("person").order_by("path", "id"))


def absence_for(actor: Actor, absence_id: uuid.UUID, *, needs: str) -> Absence:
    """Somebody's absence, where they are the actor's to see to (``may_see_to``). Raises NotFound."""
    absence = Absence.objects.filter(pk=absence_id).select_related("person").first()
    if absence is None or not may_see_to(actor, absence.person, needs=needs):
        raise NotFound
    return absence


def person_for(actor: Actor, person_id: uuid.UUID, *, needs: str = READ) -> Person:
    """Somebody of ours who belongs to the actor's places or answers for one of them. Raises NotFound."""
    person = person_at(person_id)
    if not may_see_to(actor, person, needs=needs):
        raise NotFound
    return person


def person_at(person_id: uuid.UUID) -> Person:
    """Somebody of ours whom a page has found already, whoever asks. Raises NotFound."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def person_seen(actor: Actor, person_id: uuid.UUID) -> Person:
    """Somebody who belongs to the actor's places, or answers for one of them or above them, or whom they stand in for.

    Raises NotFound.
    """
    person = person_at(person_id)
    if may_see_to(actor, person, needs=READ) or _stands_in(actor, person):
        return person
    ranges = actor.ranges(READ)
    above = {path for one in ranges for path in paths.ancestors(one.lo)}
    led = Q(path__in=above) | in_ranges(ranges)
    named = Responsibility.objects.filter(led, person=person).exists()
    if not named and not RoleGrant.objects.filter(led, person=person).exists():
        raise NotFound
    return person


def was_named(person_id: uuid.UUID) -> list[Responsibility]:
    """Everything somebody was ever named for, those in force first, in the order of the tree."""
    found = Responsibility.objects.filter(person=person_id).select_related("person")
    return list(found.order_by(F("valid_until").desc(nulls_first=True), "path", "id"))


def recent_lines(actor: Actor, ids: Iterable[uuid.UUID], *, seconds: int) -> list[Responsibility]:
    """Lines that the actor began or ended in the last seconds, of those that are theirs to change."""
    wanted, fresh = set(ids), clock.now() - timedelta(seconds=seconds)
    if not wanted:
        return []
    begun = Q(recorded_by_id=actor.person_id, recorded_at__gte=fresh, ended_by_id=None)
    ended = Q(ended_by_id=actor.person_id, valid_until__gte=fresh)
    found = Responsibility.objects.filter(in_ranges(actor.ranges("response.take_back")), begun | ended, pk__in=wanted)
    return list(found.select_related("person").order_by("id"))


def absences_of(person_id: uuid.UUID) -> list[Absence]:
    """When somebody was, is and will be away, the latest first; why, where the reader may know it."""
    found = Absence.objects.filter(person=person_id).select_related("why", "deputy")
    return list(found.order_by("-begins_at", "-id"))


def away_since(person_ids: Iterable[uuid.UUID], at: datetime) -> dict[uuid.UUID, datetime]:
    """Since when those of some people are away who are at a moment."""
    lasting = Q(ends_at=None) | Q(ends_at__gt=at)
    found = Absence.objects.filter(lasting, person__in=set(person_ids), begins_at__lte=at)
    return dict(found.order_by("-begins_at").values_list("person_id", "begins_at"))


def moved(since: datetime, until: datetime) -> set[str]:
    """Where somebody else may answer, or answer under another name, than at ``since``; "" is everywhere."""

    def lately(*moments: str) -> Q:
        return Q(*(Q(**{f"{name}__gt": since, f"{name}__lte": until}) for name in moments), _connector=Q.OR)

    # Of one person all that they answer for would be asked, and of those they stand in for: that happens seldom enough.
    people = (
        Absence.objects.filter(lately("begins_at", "ends_at")),
        Person.objects.filter(lately("left_at")),
        FormerDetails.objects.filter(lately("until")),
    )
    lines = Responsibility.objects.filter(lately("recorded_at", "valid_from", "valid_until"))
    roles = RoleGrant.objects.filter(lately("valid_from", "valid_until"))
    everywhere = [found.order_by().values_list(Value("")) for found in people]
    somewhere = [found.order_by().values_list("path") for found in (lines, roles)]
    return {path for (path,) in everywhere[0].union(*everywhere[1:], *somewhere)}


def may_see_to(actor: Actor, person: Person, *, needs: str) -> bool:
    """Whether somebody belongs to the actor's places, or answers for one of them."""
    ranges = actor.ranges(needs)
    if any(person.home_path in one for one in ranges):
        return True
    return Responsibility.objects.filter(in_ranges(ranges), person=person).exists()


def _stands_in(actor: Actor, person: Person) -> bool:
    lasting = Q(ends_at=None) | Q(ends_at__gt=clock.now())
    return Absence.objects.filter(lasting, person=person, deputy=actor.person_id).exists()


def door_at(path: str) -> Door | None:
    """The door of a path, whoever asks; None where it is none's."""
    return Door.objects.filter(path=path).first()


def where_exists(found: Iterable[str]) -> set[str]:
    """Which of these paths are of a place that stands, a post or a door."""
    asked = set(found)
    standing = Place.objects.filter(path__in=asked, closed_on=None).values_list("path", flat=True)
    stationed = Post.objects.filter(path__in=asked).values_list("path", flat=True)
    doors = Door.objects.filter(path__in=asked).values_list("path", flat=True)
    return set(standing.union(stationed, doors))
