"""A list is kept as it came, and rows in it are put right; nothing of it counts yet."""

import hashlib
import uuid
from collections.abc import Mapping

from firstline import tables
from firstline.kernel import clock, crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.keys import organisation_key, organisation_keys
from firstline.places.selectors import place_at
from firstline.workforce.lists.errors import ListFileRefused, ListUnread, PeopleListOver
from firstline.workforce.lists.reading import read_lists
from firstline.workforce.lists.selectors import list_for, locked, state_of
from firstline.workforce.models import ListContents, ListDecision, ListFix, ListVerdict, PeopleList, RowFix


@action("workforce.bring_people")
def bring_people(actor: Actor, *, path: str, name: str, content: bytes, year: int | None = None) -> PeopleList:
    """Keep a list of people at a place as it came, sealed. The same file again gives the first.

    ``year`` is that of days written without one (default: this one). Raises ListFileRefused, ListUnread, NotFound.
    """
    actor.require("workforce.bring_people", path)
    if place_at(path) is None:
        raise NotFound
    prints = [_fingerprint(content, key_id) for key_id in organisation_keys()]
    before = PeopleList.objects.filter(path=path, fingerprint__in=prints).first()
    if before is not None:
        ledger.repeated(path=path)
        return before
    year = year or clock.now().year
    try:
        sheets = read_lists(tables.read(content), year=year, name=name)
    except tables.TableError as problem:
        raise ListFileRefused(problem=str(problem)) from problem
    if not any(sheet.header or sheet.tabular for sheet in sheets):
        raise ListUnread(name=name)
    key_id = organisation_key()
    brought = PeopleList(path=path, year=year, fingerprint=_fingerprint(content, key_id), by_person_id=actor.person_id)
    brought.seal(ListContents(name, content), key_id)
    brought.save(force_insert=True)
    ledger.record(path=path, subject=brought, after={"name": name, "rows": sum(len(sheet.lines) for sheet in sheets)})
    return brought


@action("workforce.fix_people")
def fix_rows(actor: Actor, *, list_id: uuid.UUID, rows: Mapping[str, RowFix]) -> PeopleList:
    """Put rows of a list right, by ``Line.key``; a sheet's number says what the sheet is. Raises NotFound."""
    people_list = list_for(actor, list_id, needs="workforce.fix_people")
    if not rows:
        raise NotFound
    key_id = organisation_key()
    for row, said in rows.items():
        fix = ListFix(path=people_list.path, people_list=people_list, row=row, by_person_id=actor.person_id)
        fix.seal(said, key_id)
        fix.save(force_insert=True)
    ledger.record(path=people_list.path, subject=people_list, after={"rows": len(rows)})
    return people_list


@action("workforce.discard_people")
def discard_people(actor: Actor, *, list_id: uuid.UUID) -> ListDecision:
    """Set a list aside; it stays on record. Raises NotFound, PeopleListOver (it counts already)."""
    people_list = locked(actor, list_id, needs="workforce.discard_people")
    if state_of(people_list) == ListVerdict.ACCEPTED:
        raise PeopleListOver
    decision = ListDecision(
        path=people_list.path, people_list=people_list, verdict=ListVerdict.DISCARDED, by_person_id=actor.person_id
    )
    decision.save(force_insert=True)
    ledger.record(path=people_list.path, subject=people_list)
    return decision


def _fingerprint(content: bytes, key_id: uuid.UUID) -> bytes:
    return crypto.token("people_list", hashlib.sha256(content).hexdigest(), key_id=key_id)
