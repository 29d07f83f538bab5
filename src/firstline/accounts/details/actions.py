"""Putting details of our own people right: name, post, phone and e-mail address; one's own phone and address."""

import uuid

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from firstline.accounts.errors import DetailsUnchanged, NameMissing, PersonLeft
from firstline.accounts.models import FormerDetails, Person, PersonDetails
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid, NotFound
from firstline.kernel.keys import organisation_key
from firstline.places.selectors import in_ranges

PUT_RIGHT, PUT_OWN_RIGHT = "accounts.put_right", "accounts.put_own_right"


class Correction(msgspec.Struct, frozen=True):
    """What is put right of somebody's details; None: that stays as it is. "" takes all but a name away."""

    name: str | None = None
    phone: str | None = None
    post: str | None = None
    email: str | None = None


@action(PUT_RIGHT)
def put_right(actor: Actor, *, person_id: uuid.UUID, correction: Correction) -> FormerDetails:
    """Put details of somebody who belongs to the actor's places right, from now on.

    Gives what stood there until now. Raises NotFound (elsewhere), PersonLeft, NameMissing, DetailsUnchanged, and
    Invalid for what is no e-mail address.
    """
    person = _locked(person_id)
    if person is None or not any(person.home_path in one for one in actor.ranges(PUT_RIGHT)):
        raise NotFound
    return _put_right(actor, person, correction, person.home_path)


@action(PUT_OWN_RIGHT)
def put_own_right(actor: Actor, *, phone: str, email: str) -> FormerDetails:
    """Put one's own phone and e-mail address right; a name or a post is put right by whoever answers for one.

    Raises DetailsUnchanged, and Invalid for what is no e-mail address.
    """
    person = _locked(actor.person_id)
    if person is None:
        raise NotFound
    home = person.home_path
    path = home if actor.may(PUT_OWN_RIGHT, home) else actor.ranges(PUT_OWN_RIGHT)[0].lo
    return _put_right(actor, person, Correction(phone=phone, email=email), path)


@action("accounts.restore_details")
def restore_details(actor: Actor, *, former_ids: list[uuid.UUID]) -> list[FormerDetails]:
    """Take corrections back, as far as nobody has put the same person right since.

    Gives the details that stood in between. Raises NotFound (not of the actor's places).
    """
    found = FormerDetails.objects.filter(in_ranges(actor.ranges("accounts.restore_details")), pk__in=set(former_ids))
    taken = []
    for former in found.order_by("-id"):
        person = _locked(former.person_id)
        later = FormerDetails.objects.filter(person_id=former.person_id, pk__gt=former.pk).exists()
        if person is not None and person.left_at is None and not later:
            taken.append(_kept(actor, person, former.open(), former.path))
    if not taken:
        ledger.repeated(path=actor.ranges("accounts.restore_details")[0].lo)
    return taken


def _locked(person_id: uuid.UUID) -> Person | None:
    return Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()


def _put_right(actor: Actor, person: Person, correction: Correction, path: str) -> FormerDetails:
    if person.left_at is not None:
        raise PersonLeft
    said = {name: text.strip() for name, text in msgspec.structs.asdict(correction).items() if text is not None}
    if said.get("name") == "":
        raise NameMissing
    if said.get("email"):
        _require_address(said["email"])
    return _kept(actor, person, msgspec.structs.replace(details_of(person), **said), path)


def _require_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(field="email", problem=_("This is no e-mail address. Write it like name@example.cn.")) from None


def _kept(actor: Actor, person: Person, after: PersonDetails, path: str) -> FormerDetails:
    """The new details on the person, those until now beside them, both in the ledger as far as they differ."""
    before = details_of(person)
    was, now = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    differing = [name for name in was if was[name] != now[name]]
    if not differing:
        raise DetailsUnchanged
    former = FormerDetails(path=path, person=person, until=clock.now(), by_person_id=actor.person_id)
    former.seal(before, organisation_key())
    former.save(force_insert=True)
    person.seal(after, organisation_key())
    person.save(update_fields=["sealed"])
    ledger.record(
        path=path,
        subject=person,
        before={name: was[name] for name in differing},
        after={name: now[name] for name in differing},
    )
    return former
