"""What somebody should look at, by cause: one line for all rows that share one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.registry.models import RowKind, SheetRead, Unread
from firstline.registry.reading.codes import DOUBTS, NO_DATA, PARKED, UNREAD
from firstline.registry.review.accounts import Doors
from firstline.registry.review.rows import RowHead
from firstline.registry.review.table import letter

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


def set_aside(rows: Sequence[RowHead], sheets: Mapping[int, str], url: str, columns_url: str) -> Group:
    """Rows at no door, by reason; ``url`` leads to where they are put right, or to where their columns are chosen."""
    parked = [row for row in rows if row.kind == RowKind.PARKED]
    causes = _by_cause(parked, PARKED, sheets)
    found = [
        replace(row, action_label=_("Choose"), action_url=columns_url, primary=True)
        if cause == "columns_unknown" and columns_url
        else replace(row, action_label=_("Decide"), action_url=f"{url}#cause-{cause}", primary=True)
        for cause, row in causes
    ]
    return Group(_("Set aside, for you to decide"), len(parked), _("rows"), True, found)


def doubtful(rows: Sequence[RowHead], sheets: Mapping[int, str], url: str) -> Group:
    """Rows that are taken though something about them is uncertain, by doubt."""
    taken = [row for row in rows if row.kind == RowKind.RECORD and row.doubts]
    causes = _by_cause(taken, DOUBTS, sheets)
    first = {cause: next(row for row in taken if cause in row.causes) for cause, _row in causes}
    found = [
        replace(
            row,
            action_label=_("Show"),
            action_url=f"{url}?sheet={first[cause].sheet}&cause={cause}#row-{first[cause].number}",
        )
        for cause, row in causes
    ]
    return Group(_("Taken, with a doubt"), len(taken), _("rows"), False, found)


def newer(url: str) -> Group:
    """That the compound has an accepted list already, with which this one is compared."""
    row = CauseRow(
        1,
        gettext("This compound has a list already"),
        gettext("doors gone, doors new, other people"),
        _("What changed"),
        url,
    )
    return Group(_("A newer list"), 1, "", False, [row])


def hidden(sheets: Sequence[SheetRead]) -> Group:
    """What the file hides, and what is pinned to its cells: read like everything else, and told."""
    rows = []
    for sheet in sheets:
        name = sheet.name or gettext("The list")
        if sheet.hidden:
            rows.append(CauseRow(1, gettext("Hidden sheet"), name))
        if sheet.hidden_rows:
            shown = _some([str(number) for number in sheet.hidden_rows])
            rows.append(CauseRow(len(sheet.hidden_rows), gettext("Hidden rows"), shown))
        if sheet.hidden_columns:
            shown = _some([letter(number) for number in sheet.hidden_columns])
            rows.append(CauseRow(len(sheet.hidden_columns), gettext("Hidden columns"), shown))
        if sheet.comments:
            shown = _some([f"{letter(one.column)}{one.row}" for one in sheet.comments])
            rows.append(CauseRow(len(sheet.comments), gettext("Notes pinned to cells"), shown))
    return Group(_("Hidden in the file, read all the same"), len(rows), _("places"), False, rows)


def tidied(rows: Sequence[RowHead]) -> str:
    """What was passed over as no data, counted by what it is."""
    kinds = Counter(row.reason for row in rows if row.kind == RowKind.NO_DATA)
    return gettext("; ").join(f"{gettext(NO_DATA[reason])} {count}" for reason, count in kinds.most_common())


def numbers(rows: Sequence[RowHead], sheets: Mapping[int, str]) -> str:
    """Rows 8, 21, 22 and 5 more; with the sheet's name where there are several."""
    several = len(sheets) > 1
    shown = rows[:_NUMBERS_SHOWN]
    named = gettext(", ").join(
        f"{sheets.get(row.sheet, '')} {row.number}" if several else str(row.number) for row in shown
    )
    if len(rows) <= _NUMBERS_SHOWN:
        return gettext("rows %(numbers)s") % {"numbers": named}
    return gettext("rows %(numbers)s and %(more)s more") % {"numbers": named, "more": len(rows) - _NUMBERS_SHOWN}


def _by_cause(
    rows: Sequence[RowHead], words: Mapping[str, str], sheets: Mapping[int, str]
) -> list[tuple[str, CauseRow]]:
    """One line a cause, the commonest first."""
    causes: dict[str, list[RowHead]] = defaultdict(list)
    for row in rows:
        for cause in row.causes:
            causes[cause].append(row)
    ordered = sorted(causes.items(), key=lambda item: -len(item[1]))
    return [
        (cause, CauseRow(len(having), gettext(words.get(cause, cause)), numbers(having, sheets)))
        for cause, having in ordered
    ]


def unlisted(doors: Doors, frame_url: str) -> Group:
    """Plan and list compared: doors of the frame the list leaves out, and those it adds to planned buildings."""
    rows = []
    if doors.unlisted:
        title, shown = gettext("Known here, but not on the list"), _some(doors.unlisted)
        rows.append(CauseRow(len(doors.unlisted), title, shown, _("See the doors"), frame_url))
    if doors.unplanned:
        rows.append(CauseRow(len(doors.unplanned), gettext("On the list, but not on the plan"), _some(doors.unplanned)))
    if doors.buildings_unlisted:
        named = _some(doors.buildings_unlisted)
        rows.append(CauseRow(len(doors.buildings_unlisted), gettext("Whole buildings not on the list"), named))
    return Group(_("Plan and list compared"), len(doors.unlisted) + len(doors.unplanned), _("doors"), False, rows)


def unread(passed_over: Sequence[Unread], columns_url: str) -> Group:
    """Sheets and columns that were kept but not read; columns can be read otherwise."""
    rows = []
    for one in passed_over:
        if one.code in UNREAD:
            url = columns_url if "column" in one.data else ""
            rows.append(CauseRow(1, gettext(UNREAD[one.code]) % _named(one), "", _("Choose") if url else "", url))
    return Group(_("Kept, not read"), len(rows), _("places"), False, rows)


def _named(one: Unread) -> dict[str, str | int]:
    data = dict(one.data)
    if isinstance(column := data.get("column"), int):
        data["column"] = letter(column)
    return data


def _some(labels: Sequence[str]) -> str:
    shown = gettext(", ").join(labels[:_NUMBERS_SHOWN])
    if len(labels) <= _NUMBERS_SHOWN:
        return shown
    return gettext("%(labels)s and %(more)s more") % {"labels": shown, "more": len(labels) - _NUMBERS_SHOWN}
