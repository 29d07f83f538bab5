"""Whom to call at a property company: sealed, and each look is on record."""

import uuid

from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.places.models import CompanyContacts, Contact
from firstline.places.selectors import compound_for

REVEAL = "places.reveal_contacts"


def contacts_of(actor: Actor, compound_id: uuid.UUID) -> list[Contact]:
    """The contacts of a compound's company, none where it has no company. Raises NotFound; records the look."""
    compound = compound_for(actor, compound_id, needs=REVEAL)
    if compound.company is None:
        return []
    contents: CompanyContacts = compound.company.open()
    ledger.look(actor, REVEAL, path=compound.place.path, subject=compound.company, fields=["contacts"])
    return contents.contacts
