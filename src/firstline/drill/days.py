"""Three days of a census: lists brought in, frames described and walked, doors knocked at, as it goes in life."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from firstline.census import actions as census
from firstline.census.results import Result
from firstline.drill.community import Estate
from firstline.drill.households import Inventor, Resident
from firstline.drill.lists import HANDS, Book, Dwelling, dwellings_of, write
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.places import actions as places
from firstline.places.models import Compound, Door, Management
from firstline.places.selectors import buildings_of, doors_of
from firstline.registry import actions as registry
from firstline.registry import staging
from firstline.registry.intake import take
from firstline.registry.person_line import PersonSaid

_DAYS = 3
_FIRST_HOUR, _LAST_HOUR = 9, 20

# What comes of a first knock, and of a knock after somebody was not at home; shares from the page's own telling.
_FIRST = {
    Result.REGISTERED: 52,
    Result.NO_ANSWER: 24,
    Result.REFUSED_PRIVACY: 2,
    Result.REFUSED_SAFETY: 2,
    Result.FORM_SLIPPED: 3,
    Result.COME_BACK: 4,
    Result.PARTIAL: 3,
    Result.NOT_A_HOME: 1,
    Result.NOT_FOUND: 1,
}
_EMPTY = {Result.NO_ANSWER: 40, Result.VACANT: 60}
_AGAIN = {Result.REGISTERED: 45, Result.NO_ANSWER: 35, Result.NOTICE_POSTED: 15, Result.REFUSED: 5}


@dataclass
class Days:
    """Works through compounds in the director's and her grid workers' names; companies' lists also go into a folder.

    ``behind`` tells by the compound's name what is really there.
    """

    inventor: Inventor
    director: Actor
    folder: Path
    behind: dict[str, list[Dwelling]] = field(default_factory=dict)

    def settle(self, estates: Sequence[Estate]) -> None:
        """Let people live behind every door."""
        self.behind |= {estate.name: dwellings_of(estate.line, self.inventor) for estate in estates}

    def work(self, worker: Actor, compound: Compound, estate: Estate) -> None:
        """All that has happened at one compound until now."""
        dwellings = self.behind[estate.name]
        if estate.company:
            book = write(HANDS[estate.company], dwellings, self.inventor, estate=estate.name, company=estate.company)
            (self.folder / book.name).write_bytes(book.content)
            if estate.open:
                return
            self._bring_in(compound, book)
        elif estate.management == Management.GATEHOUSE:
            places.declare_buildings(self.director, compound_id=compound.pk, line=estate.line)
        if estate.walked:
            self._walk(worker, compound)
        # One transaction for a compound: thousands of commits would only make the first start slow.
        with scope.enter(worker):
            self._visit(worker, compound, {one.door.label: one for one in dwellings})

    def _bring_in(self, compound: Compound, book: Book) -> None:
        reading = staging.read(book.content)
        staged = take(self.director, name=book.name, content=book.content, reading=reading, compound_id=compound.pk)
        registry.accept_file(self.director, file_id=staged.file.pk)

    def _walk(self, worker: Actor, compound: Compound) -> None:
        with scope.enter(worker):
            buildings = buildings_of(compound)
        for building in buildings:
            places.walk_frame(
                worker,
                building_id=building.pk,
                happened_at=clock.now() - timedelta(days=_DAYS),
                doors_found=building.door_count,
            )

    def _visit(self, worker: Actor, compound: Compound, behind: Mapping[str, Dwelling]) -> None:
        """Most doors were tried on one of the days; some of the unanswered ones again on a later one."""
        reached = self.inventor.minutes_between(40, 97) / 100
        doors = [door for building in buildings_of(compound) for door in doors_of(building)]
        for number, door in enumerate(doors[: int(len(doors) * reached)]):
            dwelling, day = behind[door.label], _DAYS - 1 - number * _DAYS // len(doors)
            result = self._knock(worker, door, dwelling, day, _FIRST)
            if result == Result.NO_ANSWER and day and self.inventor.chance(0.5):
                self._knock(worker, door, dwelling, day - 1, _AGAIN)

    def _knock(self, worker: Actor, door: Door, dwelling: Dwelling, day: int, shares: dict[Result, int]) -> Result:
        if not dwelling.family:
            shares = _EMPTY
        result = Result(self.inventor.choice([r.value for r in shares], [float(w) for w in shares.values()]))
        met = {Result.REGISTERED: len(dwelling.family), Result.PARTIAL: 1}.get(result, 0)
        census.record_attempt(
            worker,
            door_id=door.pk,
            result=result,
            happened_at=self._at(day),
            minutes=self.inventor.minutes_between(1, 12),
            people=[said(resident) for resident in dwelling.family[:met]],
        )
        return result

    def _at(self, days_ago: int) -> datetime:
        """A moment of a working day; of today only what has passed of it."""
        day = timezone.localdate(clock.now()) - timedelta(days=days_ago)
        start = timezone.make_aware(datetime.combine(day, time(_FIRST_HOUR)))
        end = start + timedelta(hours=_LAST_HOUR - _FIRST_HOUR)
        if not days_ago:
            end = min(end, clock.now())
            start = min(start, end - timedelta(hours=1))
        return start + (end - start) * (self.inventor.minutes_between(0, 1000) / 1000)


def said(resident: Resident) -> PersonSaid:
    return PersonSaid(
        name=resident.name,
        relation=resident.relation,
        phones=(resident.phone,) if resident.phone else (),
        id_number=resident.id_number,
    )
