"""Fills an empty installation with the demonstration community, through the same actions that people use."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from django.utils.translation import gettext as _

from firstline.accounts.selectors import actor_of_person
from firstline.drill import community
from firstline.drill.community import Estate
from firstline.drill.days import Days
from firstline.drill.divisions import enter_divisions
from firstline.drill.households import Inventor
from firstline.drill.lists import dwellings_of
from firstline.drill.lists.office import directors_list, keys_list, police_register
from firstline.drill.people import DIRECTOR, OTHERS, SECOND, declare, enrol, share_out
from firstline.drill.people_lists import bring_in_people
from firstline.drill.third_day import ThirdDay
from firstline.kernel import scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.paths import subtree
from firstline.places import actions as places
from firstline.places.compound_list import read_compounds
from firstline.places.models import Compound, Contact, Management
from firstline.places.selectors import compounds_within, place_at
from firstline.registry.addresses import Source
from firstline.registry.proposing import AddressFile, propose
from firstline.tables import read

_SEED = 20200126
_SCATTERED = 42
Say = Callable[[str], None]


class Loaded(Enum):
    """How much of a drill an installation holds."""

    NOTHING = "nothing"
    PARTLY = "partly"
    WHOLE = "whole"
    OTHER = "other"


def loaded(folder: Path) -> Loaded:
    """Look what is there; ``folder`` is made when a drill begins and marked when it is whole."""
    if place_at("14") is None:
        return Loaded.NOTHING
    if not folder.exists():
        return Loaded.OTHER
    return Loaded.WHOLE if _mark(folder).exists() else Loaded.PARTLY


def mark_whole(folder: Path) -> None:
    """Say that everything is there."""
    _mark(folder).touch()


def load(say: Say, folder: Path) -> None:
    """Build the community, its people, lists and three days of a census. The installation must be empty.

    The files that came from outside are also written to ``folder``, the lists not brought in yet among them.
    """
    inventor, operator = Inventor(_SEED), console()
    enter_divisions(operator)
    director = actor_of_person(enrol(operator, inventor, DIRECTOR).pk)
    others = {demo.login: enrol(operator, inventor, demo) for demo in OTHERS}
    declare(operator, others)
    estates = _enter_estates(director, inventor, folder)
    workers = share_out(operator, inventor, [compound for compound, _estate in estates])
    days = Days(inventor, director, folder)
    days.settle([estate for _compound, estate in estates])
    _read_addresses(director, days, folder)
    for number, (compound, estate) in enumerate(estates, 1):
        say(_("%(number)d of %(all)d: %(name)s") % {"number": number, "all": len(estates), "name": estate.name})
        days.work(actor_of_person(workers[compound.pk]), compound, estate)
    say(_("The third day: calls, reports, forms, notices"))
    officer = actor_of_person(others["lishi"].pk)
    third = ThirdDay(inventor, director, officer, community.COMMUNITY, days.behind)
    walkers = [actor_of_person(person_id) for person_id in dict.fromkeys(workers.values())]
    with scope.enter(director):
        known = {one.pk: one for one in compounds_within(subtree(community.COMMUNITY))}
    third.live([known[compound.pk] for compound, estate in estates if not estate.open], walkers)
    enrol(operator, inventor, SECOND)
    bring_in_people(operator, inventor, director, actor_of_person(others["shilou"].pk), folder)


def _enter_estates(director: Actor, inventor: Inventor, folder: Path) -> list[tuple[Compound, Estate]]:
    """The compounds of the director's own list, and whom to call at their companies."""
    content = _keep(folder, "小区名单.csv", directors_list(community.ESTATES))
    places.import_compounds(director, community_path=community.COMMUNITY, lines=read_compounds(read(content)).lines)
    places.create_compound(director, community_path=community.COMMUNITY, name="散居", scattered=True)
    with scope.enter(director):
        named = {one.place.name: one for one in compounds_within(subtree(community.COMMUNITY))}
    made = [(named[estate.name], estate) for estate in community.ESTATES]
    for compound, estate in made:
        if estate.company:
            _describe(director, compound, estate, Contact(inventor.staff_name(), inventor.phone()))
    return made


def _describe(director: Actor, compound: Compound, estate: Estate, contact: Contact) -> None:
    places.describe_compound(
        director,
        compound_id=compound.pk,
        profile=places.Profile(
            make_up=estate.make_up,
            management=estate.management,
            gatehouse=True,
            company=estate.company,
            contacts=[contact],
            believed_households=estate.believed,
        ),
    )


def _read_addresses(director: Actor, days: Days, folder: Path) -> None:
    """Where nobody keeps a list, doors come from the keys handed out and from what the police station knows."""
    unlisted = {e.name: days.behind[e.name] for e in community.ESTATES if e.management == Management.NOBODY}
    scattered = dwellings_of(f"丽景二巷 {_SCATTERED}户", days.inventor)
    keys = _keep(folder, "钥匙发放登记.csv", keys_list(unlisted, days.inventor))
    register = _keep(folder, "派出所人口登记.csv", police_register({**unlisted, "": scattered}, days.inventor))
    files = [AddressFile(Source.KEYS, keys), AddressFile(Source.POLICE, register)]
    propose(director, community_path=community.COMMUNITY, files=files)


def _keep(folder: Path, name: str, content: bytes) -> bytes:
    (folder / name).write_bytes(content)
    return content


def _mark(folder: Path) -> Path:
    return folder.parent / "whole"
