"""Fills an empty installation with another world: a folder of files as a community and a county have them.

What is read: ``compounds.csv``, ``property_lists/``, ``police_register.csv``, ``keys.csv``, ``door_visits.csv``,
``phone_survey.xlsx``, ``first_secretaries.csv``; each goes in as its people would bring it in, and what is missing is
passed over.
"""

import uuid
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from firstline import tables
from firstline.accounts.selectors import actor_of_person
from firstline.census.actions import freeze_frame, open_campaign
from firstline.census.listed import record_lists
from firstline.drill import community
from firstline.drill.divisions import enter_divisions
from firstline.drill.households import Inventor
from firstline.drill.load import Say
from firstline.drill.people import DIRECTOR, OTHERS, SECOND, declare, enrol, share_out
from firstline.drill.reports import send_reports
from firstline.drill.work import began, bring_in_logs
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import FirstlineError
from firstline.kernel.paths import subtree
from firstline.places import actions as places
from firstline.places.compound_list import read_compounds
from firstline.places.models import Compound, EvidenceSource, PlaceKind
from firstline.places.proposals import open_proposals
from firstline.places.selectors import compounds_within
from firstline.places.village_list import villages_named
from firstline.registry import actions as registry
from firstline.registry import staging
from firstline.registry.addresses import Source
from firstline.registry.intake import take
from firstline.registry.proposing import AddressFile, propose

_SEED = 20200212
_ADDRESSES = {"police_register": Source.POLICE, "keys": Source.KEYS, "door_visits": Source.VISITS}


def load_world(say: Say, world: Path) -> dict[int, uuid.UUID]:
    """Bring a world's files in; the roots of its reports by their line. The installation must be empty.

    A list that cannot be taken is told and passed over; it can be brought in by page later.
    """
    inventor, operator = Inventor(_SEED), console()
    enter_divisions(operator)
    for file in sorted(world.glob("first_secretaries.*")):
        say(_("Villages: %(count)d") % {"count": _enter_villages(operator, file)})
    director = actor_of_person(enrol(operator, inventor, DIRECTOR).pk)
    staff = {demo.login: enrol(operator, inventor, demo) for demo in (*OTHERS, SECOND)}
    declare(operator, staff, began(world))
    for file in sorted(world.glob("compounds.*")):
        lines = read_compounds(tables.read(file)).lines
        places.import_compounds(director, community_path=community.COMMUNITY, lines=lines)
    lists = sorted(file for file in world.glob("property_lists/*") if file.is_file())
    left = [file for number, file in enumerate(lists, 1) if _told(director, say, file, number, len(lists))]
    _read_addresses(director, say, world)
    # Addresses taught what people call the compounds, so that some of these say now whose they are.
    for number, file in enumerate(left, 1):
        _told(director, say, file, number, len(left))
    with scope.enter(director):
        compounds = compounds_within(subtree(community.COMMUNITY))
    share_out(operator, inventor, [one for one in compounds if one.place.kind == PlaceKind.COMPOUND])
    _accept_where_somebody_stood(director, say, compounds)
    sweep = open_campaign(
        director, path=community.COMMUNITY, name="第一轮摸排", starts_at=began(world) or clock.now(), leads=True
    )
    freeze_frame(director, campaign_id=sweep.pk)
    record_lists(director, sweep.pk)
    bring_in_logs(director, say, world)
    return send_reports(director, say, world)


def _accept_where_somebody_stood(director: Actor, say: Say, compounds: Sequence[Compound]) -> None:
    """The director puts doors on record that nobody but their own visitors names: somebody of ours stood there."""
    accepted = 0
    for compound in compounds:
        with scope.enter(director):
            stood = [one.id for one in open_proposals(compound) if one.rows.get(EvidenceSource.VISITS)]
        if stood:
            accepted += places.accept_proposals(director, compound_id=compound.pk, door_ids=stood)
    say(_("Doors only visitors name, put on record by the director: %(doors)d") % {"doors": accepted})


def _enter_villages(operator: Actor, file: Path) -> int:
    """The villages that a county's list names, below its townships; how many are new. They have no official code."""
    sheets = tables.read(file)
    entered = 0
    for township in (one for one in community.DIVISIONS if one.kind == PlaceKind.TOWNSHIP):
        if names := villages_named(sheets, township.name):
            entered += places.enter_villages(operator, township_path=township.code, names=names).new
    return entered


def _told(director: Actor, say: Say, file: Path, number: int, of: int) -> bool:
    """Bring a list in and say so; whether it could not be."""
    say(_("%(number)d of %(all)d: %(name)s") % {"number": number, "all": of, "name": file.name})
    if problem := _bring_in(director, file):
        say(f"  {problem}")
    return bool(problem)


def _bring_in(director: Actor, file: Path) -> str:
    """Accept a list; why it could not be, or nothing."""
    try:
        content = file.read_bytes()
        reading = staging.read(content)
        staged = take(director, name=file.name, content=content, reading=reading, compound_id=None)
        registry.accept_file(director, file_id=staged.file.pk)
    except FirstlineError as problem:
        return str(problem)
    return ""


def _read_addresses(director: Actor, say: Say, world: Path) -> None:
    found = {file: _ADDRESSES.get(file.stem) for file in sorted(world.iterdir())}
    files = [AddressFile(source, file.read_bytes()) for file, source in found.items() if source]
    if files:
        done = propose(director, community_path=community.COMMUNITY, files=files)
        said = {"doors": done.doors, "accepted": done.accepted, "waiting": done.waiting}
        say(_("Addresses name %(doors)d doors: %(accepted)d accepted, %(waiting)d wait for somebody") % said)
