"""The three accounts of a list: its rows, the doors of its buildings, the names in it. Each adds up."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.places.models import Building, Frame
from firstline.registry.mentions import known_name
from firstline.registry.models import Mention, RowKind, SourceFile
from firstline.registry.review.rows import RowHead
from firstline.registry.selectors import counted
from firstline.registry.standing import Account


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
    """The list against the frame of its own buildings; labels in the list's and the walk's order.

    ``unplanned`` are those of the new doors whose building was described or walked without them.
    """

    known: list[str]
    new: list[str]
    aside: list[str]
    unlisted: list[str]
    buildings_unlisted: list[str] = field(default_factory=list)
    unplanned: list[str] = field(default_factory=list)

    @property
    def equation(self) -> Equation:
        terms = [Term(len(self.known), _("on the list, known")), Term(len(self.new), _("on the list, new"))]
        if self.aside:
            terms.append(Term(len(self.aside), _("in rows set aside"), late=True))
        terms.append(Term(len(self.unlisted), _("not on the list"), late=True))
        return Equation(sum(term.count for term in terms), _("doors in these buildings"), terms)


def equation_of(account: Account, url: str) -> Equation:
    """Rows in = placed + set aside + no data, as it stands today; the database holds the file to it."""
    terms = [
        Term(account.placed, _("at a door")),
        Term(account.parked, _("set aside"), late=True, url=url if account.parked else ""),
        Term(account.no_data, _("no data")),
    ]
    return Equation(account.rows, _("rows"), terms)


def account_of(file: SourceFile, rows: Sequence[RowHead]) -> Account:
    """The account of a list out of its rows as they stand."""
    kinds = Counter(row.kind for row in rows)
    by_hand = sum(row.put_right and row.kind == RowKind.RECORD for row in rows)
    placed = kinds[RowKind.RECORD] - by_hand
    return Account(file.row_count, placed, by_hand, kinds[RowKind.PARKED], kinds[RowKind.NO_DATA])


def as_read(file: SourceFile) -> Account:
    """The account of a list as it was read, while its rows are not stored yet."""
    return Account(file.row_count, file.record_count, 0, file.parked_count, file.no_data_count)


def doors_of(file: SourceFile, rows: Sequence[RowHead], aside: set[str]) -> Doors:
    """Compare the doors of a list with the frame as it stands now; after acceptance nothing is new.

    ``aside`` are doors that rows set aside name, or may name: nobody should go looking for them as forgotten.
    """
    records = [row for row in rows if row.kind == RowKind.RECORD]
    listed, buildings = dict.fromkeys(row.label for row in records), {row.building for row in records}
    in_listed = ArrayAgg("doors__label", filter=Q(label__in=buildings), order_by="doors__position", default=[])
    frame = Building.objects.filter(compound=file.compound_id, door_count__gt=0).order_by("place__position")
    standing = list(frame.annotate(found=in_listed).values_list("label", "found", "frame"))
    labels = [label for _building, found, _how in standing for label in found]
    planned = {building for building, _found, how in standing if how != Frame.LISTED}
    homes = {row.label: row.building for row in records}
    known = set(labels)
    return Doors(
        known=[label for label in listed if label in known],
        new=[label for label in listed if label not in known],
        aside=[label for label in labels if label in aside and label not in listed],
        unlisted=[label for label in labels if label not in listed and label not in aside],
        buildings_unlisted=[building for building, _found, _how in standing if building not in buildings],
        unplanned=[label for label in listed if label not in known and homes[label] in planned],
    )


def mentions_equation(file: SourceFile) -> Equation:
    """Names in the list: those some other source names at the same door already, and those said for the first time.

    Only mentions at doors that have both are opened, so a first list costs one statement.
    """
    mine = Mention.objects.filter(source_file=file)
    elsewhere = Mention.objects.filter(counted(), door_id__in=mine.values("door_id")).exclude(source_file=file)
    names: dict[object, set[str]] = defaultdict(set)
    for mention in elsewhere.only("id", "sealed", "door_id"):
        names[mention.door_id].add(known_name(mention))
    shared = mine.filter(door_id__in=list(names)).only("id", "sealed", "door_id") if names else []
    again = sum(known_name(mention) in names[mention.door_id] for mention in shared)
    total = file.mention_count
    terms = [Term(total - again, _("named here first")), Term(again, _("named there already"))]
    return Equation(total, _("names"), terms)
