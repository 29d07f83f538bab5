"""Naming somebody: found by name, chosen among several of that name, or put on record on the spot."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from firstline.accounts.actions import enrol_person
from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import paths
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError
from firstline.places.names import words_at
from firstline.places.selectors import names_at
from firstline.response.answering.errors import NameNeeded, NobodyCalledSo, SeveralCalledSo
from firstline.response.answering.finding import people_called
from firstline.response.answering.inputs import Said
from firstline.response.answering.place_page import table_at
from firstline.response.models import Duty, Rank, Tier


def assign_page(actor: Actor, said: Said, problem: FirstlineError | None = None) -> dict[str, Any]:
    """The form, with what was typed; after a doubtful name people to choose from, or a new one to put on record."""
    choose = isinstance(problem, SeveralCalledSo | NobodyCalledSo)
    named = words_at(said.places)
    tiers = [tier for tier in Tier if any(actor.may(f"response.name_{tier}", path) for path in said.places)]
    return {
        "section": "response:answers",
        "said": said,
        "places": [{"path": path, "name": named.get(path, path)} for path in said.places],
        "tiers": _choices(tiers or [said.tier], said.tier),
        "duties": _choices(Duty, said.duty),
        "ranks": _choices(Rank, said.rank),
        "candidates": candidates(actor, said.name, said.person_id) if choose else [],
        "choose": choose,
        "mistake": str(problem) if problem else "",
        "back": way_back(said),
    }


def candidates(actor: Actor, name: str, chosen: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """People of ours whose name was typed, told apart by their post and where they belong."""
    return told_apart(people_called(actor, name), chosen)


def told_apart(found: list[Person], chosen: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """People to choose from, each with their post and where they belong."""
    places = names_at(person.home_path for person in found)
    return [
        {
            "id": person.pk,
            "name": (details := details_of(person)).name,
            "post": details.post,
            "place": places.get(person.home_path, ""),
            "chosen": person.pk == chosen,
        }
        for person in found
    ]


def chosen_person(actor: Actor, said: Said) -> uuid.UUID:
    """Whoever was meant: the only one of that very name, or a new person with what was typed of them."""
    if not said.name:
        raise NameNeeded
    if said.enrol:
        # Filed where the first of the places is, at its level: a township's cadre belongs to the township.
        home = said.places[0].split("/", 1)[0] if said.places else actor.home_path
        return enrol_person(actor, name=said.name, home_path=home, phone=said.phone, post=said.post).pk
    exact = [person for person in people_called(actor, said.name) if _called(person) == said.name]
    if len(exact) == 1:
        return exact[0].pk
    if people_called(actor, said.name):
        raise SeveralCalledSo(name=said.name)
    raise NobodyCalledSo(name=said.name)


def way_back(said: Said) -> str:
    """The page the form was opened from; the table of the first place where there is none."""
    if said.back and url_has_allowed_host_and_scheme(said.back, allowed_hosts=None):
        return said.back
    place = table_at(said.places[0]) if said.places and not paths.is_post(said.places[0]) else ""
    return f"{reverse('response:answers')}{f'?at={place}' if place else ''}"


def _called(person: Person) -> str:
    return details_of(person).name


def _choices(choices: Any, chosen: str) -> list[dict[str, Any]]:
    return [{"value": one.value, "label": one.label, "chosen": one == chosen} for one in choices]
