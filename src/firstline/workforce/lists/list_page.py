"""One list before it counts: source cells beside our reading, what is asked row by row, who is in it no more."""

from typing import Any

from django.urls import reverse

from firstline.accounts.selectors import details_of
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.places.models import Place
from firstline.places.names import words_at
from firstline.workforce.lists.proposals import CORRECTED, WAITS, Proposal
from firstline.workforce.lists.reading import Field, Kind
from firstline.workforce.lists.selectors import BRING, Opened, counted, lists_of, opened, state_of
from firstline.workforce.lists.told import KINDS, LEVELS, asked, state_said
from firstline.workforce.models import ListVerdict, PeopleList

_STATES = ("waits", "new", "moved", "corrected", "same", "done", "left_out")
# What a row can be put right in by typing, by the field that is asked about.
_TYPED = {
    Field.NAME,
    Field.HEAD,
    Field.PHONE,
    Field.SINCE,
    Field.DAYS,
    Field.TEAM,
    Field.UNIT,
    Field.PLACE,
}
_PLACED = {Field.TOWNSHIP, Field.VILLAGE, Field.COMPOUND}


def list_page(actor: Actor, people_list: PeopleList, mistake: str = "") -> dict[str, Any]:
    """The list as it reads now; that its names were looked at is on record."""
    read = opened(people_list)
    ledger.look(actor, "workforce.read_people", path=people_list.path, subject=people_list, fields=["name"])
    rows = [_row(one) for one in read.compared.rows]
    counts = counted(read.compared, _STATES)
    ready = sum(counts[state] for state in ("new", "moved", "corrected", "same"))
    return {
        "section": "workforce:staff",
        "name": read.name,
        "place": words_at([people_list.path]).get(people_list.path, ""),
        "year": people_list.year,
        "state": read.state,
        "accepted": read.state == ListVerdict.ACCEPTED,
        "counts": counts,
        "ready": ready,
        "waiting": [one for one in rows if one["state"] == WAITS],
        "rows": [one for one in rows if one["state"] != WAITS],
        "together": _together(read),
        "unknown": _unknown(read),
        "sheets": [
            {
                "name": one.name or one.title or read.name,
                "url": _columns_url(read, one.number),
            }
            for one in read.sheets
            if one.kind is not None
        ],
        "over": [{"sheet": one.name, "row": row, "text": text} for one in read.sheets for row, text in one.passed_over],
        "gone": _gone(read),
        "mistake": mistake,
        "list_id": people_list.pk,
        "back_url": reverse("workforce:people_import"),
    }


def import_page(actor: Actor, mistake: str = "", pasted: str = "") -> dict[str, Any]:
    """Where a list is brought in, and those that were."""
    words = {"": "", **dict(ListVerdict.choices)}
    lists = [
        {
            "name": one.open().name,
            "url": reverse("workforce:people_list", args=[one.pk]),
            "at": one.recorded_at,
            "state": words[state_of(one)],
        }
        for one in lists_of(actor)
    ]
    places = Place.objects.filter(path__in=[one.lo for one in actor.ranges(BRING)]).order_by("path")
    return {
        "section": "workforce:staff",
        "places": [{"value": one.path, "name": one.name} for one in places],
        "lists": lists,
        "mistake": mistake,
        "pasted": pasted,
    }


def _row(row: Proposal) -> dict[str, Any]:
    line = row.line
    waits = [one for one in row.problems if one.waits]
    fields = list(dict.fromkeys(one.field for one in waits if one.field in _TYPED))
    before = details_of(row.before.person).name if row.before is not None else ""
    return {
        "key": line.key,
        "number": line.row,
        "source": " · ".join(cell.replace("\n", "  ") for cell in line.cells if cell.strip()),
        "name": line.name,
        "phone": line.phone,
        "place": row.place.name if row.place else "",
        "post": row.post_name,
        "level": LEVELS[line.level] if line.kind == Kind.CHECKPOINTS and line.level else "",
        "what": " ".join(
            filter(None, (line.organisation if line.kind != Kind.CHECKPOINTS else "", line.said.get(Field.POST, "")))
        ),
        "since": line.since,
        "days": line.days.words if line.days else "",
        "team": [f"{one.name} {one.role}" for one in line.team],
        "state": row.state,
        "said": state_said(row.state, before, row.instead_of),
        "corrected": row.state == CORRECTED,
        "asked": [asked(one) for one in waits],
        "notes": [asked(one) for one in row.problems if not one.waits],
        "typed": [{"field": one.value, "text": line.said.get(one, "")} for one in fields],
        "choices": [{"value": one.path, "name": one.name} for one in row.found.choices],
        "alike": [{"value": str(one.id), "name": one.name} for one in row.alike],
        "shares": any(one.code == "phone_of_another" for one in waits),
    }


def _together(read: Opened) -> list[dict[str, Any]]:
    """The same question about several rows, answered once: where they lie."""
    groups: dict[str, list[Proposal]] = {}
    for row in read.compared.rows:
        if row.state == WAITS and row.found.likely is not None:
            groups.setdefault(row.found.problem, []).append(row)
    return [
        {
            "problem": problem,
            "count": len(rows),
            "keys": " ".join(row.line.key for row in rows),
            "likely": rows[0].found.likely.path if rows[0].found.likely else "",
            "choices": [{"value": one.path, "name": one.name} for one in rows[0].found.choices],
        }
        for problem, rows in groups.items()
    ]


def _unknown(read: Opened) -> list[dict[str, Any]]:
    """Sheets that do not say what they are a list of."""
    kinds = [{"value": kind.value, "name": name} for kind, name in KINDS.items()]
    return [
        {
            "number": one.number,
            "name": one.name or one.title or read.name,
            "headings": " · ".join(filter(None, one.headings)),
            "url": _columns_url(read, one.number),
            "kinds": kinds,
        }
        for one in read.sheets
        if one.kind is None
    ]


def _columns_url(read: Opened, sheet: int) -> str:
    return f"{reverse('workforce:people_columns', args=[read.people_list.pk])}?sheet={sheet}"


def _gone(read: Opened) -> list[dict[str, str]]:
    lines = read.compared.gone
    names = words_at({line.path for line in lines})
    found = [{"name": details_of(line.person).name, "what": names.get(line.path, "")} for line in lines]
    return found + [
        {"name": details_of(one.person).name, "what": one.organisation.name} for one in read.compared.staff_gone
    ]
