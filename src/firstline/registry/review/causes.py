"""What somebody should look at, by cause: one line for all rows that share one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.registry.models import RowKind, Unread
from firstline.registry.reading.codes import DOUBTS, NO_DATA, PARKED, UNREAD
from firstline.registry.review.accounts import Doors
from firstline.registry.review.rows import RowHead

_NUMBERS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class CauseRow:
    count: int
    title: str
    example: str
    action_label: str | Promise = ""
    action_url: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    count: int
    unit: str | Promise
    late: bool
    rows: list[CauseRow]


def wrong_compound(filed: str, named: str) -> Group:
    """That the file itself names another compound than the one it was filed under."""
    title = gettext("The file names %(named)s, but it is filed under %(filed)s.") % {"named": named, "filed": filed}
    row = CauseRow(1, title, gettext("If that is wrong, discard it and choose the right compound."))
    return Group(_("Is it the right compound?"), 1, "", True, [row])


def set_aside(rows: Sequence[RowHead], url: str) -> Group:
    """Rows at no door, by reason."""
    parked = [row for row in rows if row.kind == RowKind.PARKED]
    causes = _by_cause(parked, PARKED, url, primary=True)
    return Group(_("Set aside, for you to decide"), len(parked), _("rows"), True, causes)


def doubtful(rows: Sequence[RowHead], url: str) -> Group:
    """Rows that are taken though something about them is uncertain, by doubt."""
    taken = [row for row in rows if row.kind == RowKind.RECORD and row.doubts]
    return Group(_("Taken, with a doubt"), len(taken), _("rows"), False, _by_cause(taken, DOUBTS, url))


def tidied(rows: Sequence[RowHead]) -> str:
    """What was passed over as no data, counted by what it is."""
    kinds = Counter(row.reason for row in rows if row.kind == RowKind.NO_DATA)
    return gettext("; ").join(f"{gettext(NO_DATA[reason])} {count}" for reason, count in kinds.most_common())


def numbers(rows: Sequence[RowHead]) -> str:
    """Rows 8, 21, 22 and 5 more."""
    named = gettext(", ").join(str(row.number) for row in rows[:_NUMBERS_SHOWN])
    if len(rows) <= _NUMBERS_SHOWN:
        return gettext("rows %(numbers)s") % {"numbers": named}
    return gettext("rows %(numbers)s and %(more)s more") % {"numbers": named, "more": len(rows) - _NUMBERS_SHOWN}


def _by_cause(rows: Sequence[RowHead], words: Mapping[str, str], url: str, *, primary: bool = False) -> list[CauseRow]:
    causes: dict[str, list[RowHead]] = defaultdict(list)
    for row in rows:
        for cause in row.causes:
            causes[cause].append(row)
    ordered = sorted(causes.items(), key=lambda item: -len(item[1]))
    return [
        CauseRow(
            count=len(having),
            title=gettext(words[cause]),
            example=numbers(having),
            action_label=_("Show"),
            action_url=f"{url}?cause={cause}#row-{having[0].number}",
            primary=primary,
        )
        for cause, having in ordered
    ]


def unlisted(doors: Doors, frame_url: str) -> Group:
    """Doors and whole buildings of the frame that the list does not mention."""
    rows = []
    if doors.unlisted:
        rows.append(
            CauseRow(
                len(doors.unlisted),
                gettext("Known here, but not on the list"),
                _some(doors.unlisted),
                _("Doors"),
                frame_url,
            )
        )
    if doors.buildings_unlisted:
        named = _some(doors.buildings_unlisted)
        rows.append(CauseRow(len(doors.buildings_unlisted), gettext("Whole buildings not on the list"), named))
    return Group(_("What the list does not mention"), len(doors.unlisted), _("doors"), False, rows)


def unread(passed_over: Sequence[Unread]) -> Group:
    """Sheets and columns that were kept but not read."""
    rows = [CauseRow(1, gettext(UNREAD[one.code]) % _named(one), "") for one in passed_over if one.code in UNREAD]
    return Group(_("Kept, not read"), len(rows), _("places"), False, rows)


def _named(one: Unread) -> dict[str, str | int]:
    from firstline.registry.review.table import letter

    data = dict(one.data)
    if isinstance(column := data.get("column"), int):
        data["column"] = letter(column)
    return data


def _some(labels: Sequence[str]) -> str:
    shown = gettext(", ").join(labels[:_NUMBERS_SHOWN])
    if len(labels) <= _NUMBERS_SHOWN:
        return shown
    return gettext("%(labels)s and %(more)s more") % {"labels": shown, "more": len(labels) - _NUMBERS_SHOWN}
