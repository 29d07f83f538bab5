"""What `firstline import` does with a file that is to count: stage it, accept it, say what came of it."""

import uuid

from django.utils.translation import gettext, ngettext

from firstline.accounts.models import Login
from firstline.accounts.selectors import actor_of_person
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.places.models import Door
from firstline.registry import actions, selectors
from firstline.registry.intake import compounds_open_to, handed_over, take
from firstline.registry.reading import FileReading
from firstline.registry.upload import Upload


def actor_called(username: str) -> Actor | None:
    """The person with this login name, if it may be used."""
    login = Login.objects.filter(username=username, is_active=True).first()
    return actor_of_person(login.person_id) if login else None


def compound_called(actor: Actor, name: str) -> uuid.UUID | None:
    """The one compound of this name or alias whose lists the actor may bring in; None when none or several are."""
    with scope.enter(actor):
        found = [one for one in compounds_open_to(actor) if name == one.place.name or name in one.aliases]
    return found[0].pk if len(found) == 1 else None


def bring_in(actor: Actor, *, name: str, content: bytes, reading: FileReading, compound_id: uuid.UUID | None) -> str:
    """Stage a file and accept it, or finish what an earlier call began; what came of it in words.

    What is no list but another app's to keep waits there to be accepted. Raises what ``intake.take`` and
    ``actions.accept_file`` raise.
    """
    if compound_id is None:
        sheets = [one.sheet for one in reading.readings]
        if handed := handed_over(actor, Upload(name, content), sheets):
            return gettext("no list; kept at %(url)s, accept it there") % {"url": handed.url}
    staged = take(actor, name=name, content=content, reading=reading, compound_id=compound_id)
    with scope.enter(actor):
        file = selectors.file_for(actor, staged.file.id)
    if selectors.decision_of(file):
        return gettext("came before; nothing was brought in twice")
    before = _doors_in(file.path)
    actions.accept_file(actor, file_id=file.id)
    new = _doors_in(file.path) - before
    return ngettext("accepted, %(count)s new door", "accepted, %(count)s new doors", new) % {"count": new}


def _doors_in(compound_path: str) -> int:
    return Door.objects.standing().filter(building__compound__place__path=compound_path).count()
