"""The first result of a building against the second: pairs by door label and by name, differences, what counts. Pure.

Doors the census itself calls open (untried, refused, knocked at) are nobody's hidden miss: they are counted beside, and
no difference is made of them. Where the second enumerator met nobody either, nothing can be said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from firstline.census.recheck.estimates import Counted
from firstline.census.results import Outcome
from firstline.identifiers import names

LIVED_IN = frozenset({Outcome.REGISTERED, Outcome.PARTIAL})
EMPTY = frozenset({Outcome.VACANT, Outcome.NOT_A_HOME})


class Living(TextChoices):
    """What the second enumerator finds at a door. ``struck`` takes a door back that was written down by mistake."""

    LIVED_IN = "lived_in", _("Somebody lives here")
    VACANT = "vacant", _("Stands empty")
    NOT_A_HOME = "not_a_home", _("Not a home")
    NOBODY_MET = "nobody_met", _("Met nobody, cannot tell")
    STRUCK = "struck", _("Written down by mistake")


class Kind(TextChoices):
    """In what the two results differ. The first three are doors and persons missed, the others counted wrongly."""

    NOT_LISTED = "not_listed", _("A home that is not on the list of doors")
    HELD_EMPTY = "held_empty", _("Taken for empty, somebody lives there")
    PERSON_MISSED = "person_missed", _("Lives there, not in the census")
    FOUND_EMPTY = "found_empty", _("Registered, found empty")
    NOT_FOUND = "not_found", _("Registered, no such door found")
    PERSON_GONE = "person_gone", _("In the census, not met or named again")


class Verdict(TextChoices):
    """Who was right, once somebody has looked into it."""

    CENSUS = "census", _("The census was right")
    RECHECK = "recheck", _("The re-check was right")
    NEITHER = "neither", _("Cannot be settled")


MISSED = frozenset({Kind.NOT_LISTED, Kind.HELD_EMPTY, Kind.PERSON_MISSED})
PERSONAL = frozenset({Kind.PERSON_MISSED, Kind.PERSON_GONE})


@dataclass(frozen=True, slots=True)
class First:
    """A door as the census had it when the sample was drawn."""

    outcome: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Second:
    """A door as it was found again. ``persons`` may exceed the names given."""

    living: str
    persons: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to settle. ``name`` is whom it is about; "" for a door, or for persons only counted.

    ``number`` doors or persons hang on it; ``persons`` are those behind a door's difference.
    """

    kind: Kind
    label: str
    name: str = ""
    number: int = 1
    persons: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What a decision names: kind, door, whom."""
        return self.kind.value, self.label, self.name


@dataclass(frozen=True, slots=True)
class Compared:
    """A building compared: doors and persons in both, the differences, and what says nothing either way."""

    doors: int = 0
    persons: int = 0
    differences: tuple[Difference, ...] = ()
    still_open: int = 0
    unresolved: int = 0


@dataclass(frozen=True, slots=True)
class Outturn:
    """A building after decisions: what counts, of doors and of persons; what nobody has decided, or nobody can."""

    doors: Counted
    persons: Counted
    undecided: int = 0
    unsettled: int = 0


@dataclass(slots=True)
class _People:
    """Names of one door, being paired off."""

    both: int = 0
    only_first: list[str] = field(default_factory=list)
    only_second: list[str] = field(default_factory=list)


def compare(first: Mapping[str, First], second: Mapping[str, Second]) -> Compared:
    """Both results of a building, by canonical door label."""
    found = Compared()
    for label in sorted({*first, *second}):
        one, other = _door(label, first.get(label), second.get(label)), found
        found = Compared(
            other.doors + one.doors,
            other.persons + one.persons,
            other.differences + one.differences,
            other.still_open + one.still_open,
            other.unresolved + one.unresolved,
        )
    return found


def counted(stratum: str, compared: Compared, verdicts: Mapping[tuple[str, str, str], str]) -> Outturn:
    """What counts after the decisions so far.

    A difference nobody has decided counts as an error of the census: until somebody has looked, the figures are the
    worst ones. One that cannot be settled counts nowhere.
    """
    doors, persons = Counted(stratum, compared.doors, 0, 0), Counted(stratum, compared.persons, 0, 0)
    undecided = unsettled = 0
    for difference in compared.differences:
        verdict = verdicts.get(difference.key, "")
        undecided += not verdict
        if verdict == Verdict.NEITHER:
            unsettled += 1
            continue
        if difference.kind in PERSONAL:
            persons = _moved(persons, difference.kind, verdict, difference.number)
        else:
            doors = _moved(doors, difference.kind, verdict, difference.number)
            persons = _moved(persons, difference.kind, verdict, difference.persons)
    return Outturn(doors, persons, undecided, unsettled)


def _moved(so_far: Counted, kind: Kind, verdict: str, number: int) -> Counted:
    if kind in MISSED:
        # The census was right: whoever was said to be missed does not live there.
        return so_far if verdict == Verdict.CENSUS else replace(so_far, missed=so_far.missed + number)
    if verdict == Verdict.CENSUS:
        return replace(so_far, matched=so_far.matched + number)
    return replace(so_far, erroneous=so_far.erroneous + number)


def _door(label: str, first: First | None, second: Second | None) -> Compared:
    lived = first is not None and first.outcome in LIVED_IN
    if second is None or second.living == Living.STRUCK:
        if first is None or not lived:
            return Compared()
        return Compared(differences=(Difference(Kind.NOT_FOUND, label, persons=len(first.names)),))
    if second.living == Living.NOBODY_MET:
        return Compared(unresolved=1)
    if first is None:
        return _missed(Kind.NOT_LISTED, label, second)
    if first.outcome in EMPTY:
        return _missed(Kind.HELD_EMPTY, label, second)
    if not lived:
        return Compared(still_open=1)
    if second.living == Living.LIVED_IN:
        return _persons(label, first, second)
    return Compared(differences=(Difference(Kind.FOUND_EMPTY, label, persons=len(first.names)),))


def _missed(kind: Kind, label: str, second: Second) -> Compared:
    if second.living != Living.LIVED_IN:
        return Compared()
    return Compared(differences=(Difference(kind, label, persons=max(second.persons, len(second.names))),))


def _persons(label: str, first: First, second: Second) -> Compared:
    """The people of a door in both. Whom the second enumerator only counted may be any that the census names."""
    people = _paired(first.names, second.names)
    unnamed = max(0, second.persons - len(second.names))
    taken = min(unnamed, len(people.only_first))
    missed = [Difference(Kind.PERSON_MISSED, label, name) for name in people.only_second]
    if unnamed > taken:
        missed.append(Difference(Kind.PERSON_MISSED, label, number=unnamed - taken))
    gone = people.only_first[taken:]
    if unnamed:
        # Which of them it is, nobody knows.
        left = [Difference(Kind.PERSON_GONE, label, number=len(gone))] if gone else []
    else:
        left = [Difference(Kind.PERSON_GONE, label, name) for name in gone]
    return Compared(doors=1, persons=people.both + taken, differences=(*missed, *left))


def _paired(first: Sequence[str], second: Sequence[str]) -> _People:
    """Equal names pair off, then names that differ in how a character is written, then in how it is heard."""
    people = _People(0, list(first), list(second))
    for same in (names.clean, names.fold, names.pinyin):
        for name in list(people.only_second):
            match = next((one for one in people.only_first if same(one) and same(one) == same(name)), None)
            if match is not None:
                people.both += 1
                people.only_first.remove(match)
                people.only_second.remove(name)
    return people


def distinct(said: Iterable[str]) -> tuple[str, ...]:
    """Names as several sources say them, each once, however they are written; the first spelling stays."""
    kept: dict[str, str] = {}
    for name in said:
        kept.setdefault(names.fold(name) or name.strip(), name)
    return tuple(kept.values())
