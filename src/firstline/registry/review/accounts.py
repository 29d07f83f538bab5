"""The three accounts of a list: its rows, the doors of its buildings, the names in it. Each adds up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.places.models import Building, Door
from firstline.registry.mentions import name_key
from firstline.registry.models import Mention, RowKind, SourceFile, SourceRow
from firstline.registry.review.rows import RowHead
from firstline.registry.selectors import counted


@dataclass(frozen=True, slots=True)
class Term:
    count: int
    label: str | Promise
    late: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """``total`` is the sum of its terms; a test holds it to that."""

    total: int
    unit: str | Promise
    terms: list[Term]


@dataclass(frozen=True, slots=True)
class Doors:
    """The list against the frame of its own buildings; labels in the list's and the walk's order."""

    known: list[str]
    new: list[str]
    aside: list[str]
    unlisted: list[str]
    buildings_unlisted: list[str] = field(default_factory=list)

    @property
    def equation(self) -> Equation:
        terms = [Term(len(self.known), _("on the list, known")), Term(len(self.new), _("on the list, new"))]
        if self.aside:
            terms.append(Term(len(self.aside), _("in rows set aside"), late=True))
        terms.append(Term(len(self.unlisted), _("not on the list"), late=True))
        return Equation(sum(term.count for term in terms), _("doors in these buildings"), terms)


def rows_equation(file: SourceFile, url: str) -> Equation:
    """Rows in = placed + set aside + no data; the database holds the file to it."""
    terms = [
        Term(file.record_count, _("at a door")),
        Term(file.parked_count, _("set aside"), late=True, url=url if file.parked_count else ""),
        Term(file.no_data_count, _("no data")),
    ]
    return Equation(file.row_count, _("rows"), terms)


def doors_of(file: SourceFile, rows: Sequence[RowHead]) -> Doors:
    """Compare the doors of a list with the frame as it stands now; after acceptance nothing is new."""
    records = [row for row in rows if row.kind == RowKind.RECORD]
    listed, buildings = dict.fromkeys(row.label for row in records), {row.building for row in records}
    standing = Door.objects.filter(building__compound=file.compound_id, building__label__in=buildings)
    labels = list(standing.order_by("building__place__position", "position").values_list("label", flat=True))
    known, aside = set(labels), _named_aside(rows) - listed.keys()
    others = Building.objects.filter(compound=file.compound_id, door_count__gt=0).exclude(label__in=buildings)
    return Doors(
        known=[label for label in listed if label in known],
        new=[label for label in listed if label not in known],
        aside=[label for label in labels if label in aside],
        unlisted=[label for label in labels if label not in listed and label not in aside],
        buildings_unlisted=list(others.order_by("place__position").values_list("label", flat=True)),
    )


def _named_aside(rows: Sequence[RowHead]) -> set[str]:
    """Doors that rows set aside name, or may name: nobody should go looking for them as forgotten."""
    parked = [row.id for row in rows if row.kind == RowKind.PARKED]
    contents = [row.open() for row in SourceRow.objects.filter(pk__in=parked).only("id", "sealed")]
    return {label for row in contents for label in row.choices}


def mentions_equation(file: SourceFile) -> Equation:
    """Names in the list: those some other source names at the same door already, and those said for the first time.

    Only mentions at doors that have both are opened, so a first list costs one count.
    """
    mine = Mention.objects.filter(source_file=file)
    total = mine.count()
    elsewhere = Mention.objects.filter(counted(), door_id__in=mine.values("door_id")).exclude(source_file=file)
    names: dict[object, set[str]] = defaultdict(set)
    for mention in elsewhere.only("id", "sealed", "door_id"):
        names[mention.door_id].add(name_key(mention.open().name))
    shared = mine.filter(door_id__in=list(names)).only("id", "sealed", "door_id") if names else []
    again = sum(name_key(mention.open().name) in names[mention.door_id] for mention in shared)
    terms = [Term(total - again, _("named here first")), Term(again, _("named there already"))]
    return Equation(total, _("names"), terms)
