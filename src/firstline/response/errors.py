"""What can be wrong about emergencies."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError, explains


class EmergencyMissing(FirstlineError):
    """Nothing personal is recorded outside of an emergency: there would be no key to seal it under."""

    code = "emergency_missing"
    status = 409
    message = _(
        "No emergency is in force here, so nothing can be recorded. Ask the county's officer to declare it first."
    )


class EmergencyInForce(FirstlineError):
    """One emergency at a time leads at a place, so that every fact has one."""

    code = "emergency_in_force"
    status = 409
    message = _("“%(name)s” leads here, and answers are recorded in it. Another can lead when it has ended.")


class EmergencyTwice(FirstlineError):
    """Two of one name at one place are one that was sent twice."""

    code = "emergency_twice"
    status = 409
    message = _("“%(name)s” is declared here already. If another emergency is meant, give it another name.")


class LegalBasisMissing(FirstlineError):
    """Data of residents is taken on a legal basis, and the emergency says which."""

    code = "legal_basis_missing"
    status = 422
    message = _(
        "Give the emergency a name and its legal basis, such as the law and the notice by which it was declared."
    )


class EmergencyDatesWrong(FirstlineError):
    """An emergency ends after it begins, and nobody says when in more than a year."""

    code = "emergency_dates_wrong"
    status = 422
    message = _("An emergency cannot end before it begins, nor more than a year from now. Check both dates.")


class EndNotSaid(FirstlineError):
    """Only an end that is to come is called off."""

    code = "emergency_end_not_said"
    status = 409
    message = _("Nobody has said when this emergency ends. Nothing was changed.")


class EmergencyOver(FirstlineError):
    """An emergency ends once."""

    code = "emergency_over"
    status = 409
    message = _("This emergency has ended already. Nothing was changed.")


class EmergencyNotOver(FirstlineError):
    """Keys are destroyed after an emergency, never in the middle of it."""

    code = "emergency_not_over"
    status = 409
    message = _(
        "“%(name)s” has not ended. Its data is needed; end it first, then wait until the time for keeping is over."
    )


class StillKept(FirstlineError):
    """The time for keeping is not over. ``until`` is a day, ISO 8601."""

    code = "still_kept"
    status = 409
    message = _("What was recorded must be kept until %(until)s. Come back after that day.")


class NamedPersonNeeded(FirstlineError):
    """Two people with names and logins destroy a key; the console is nobody in particular."""

    code = "named_person_needed"
    status = 403
    message = _("Destroying a key needs two people under their own logins. Give a login: --as NAME.")


class SecondPersonNeeded(FirstlineError):
    """The same person cannot be both."""

    code = "second_person_needed"
    status = 403
    message = _("You have proposed this yourself. Somebody else who may do it must confirm, under their own login.")


class NothingProposed(FirstlineError):
    """There is no first confirmation, or it has lapsed."""

    code = "nothing_proposed"
    status = 409
    message = _("Nobody has proposed this, or the time for the second confirmation is over. Propose it anew.")


class ProposedAlready(FirstlineError):
    """One proposal at a time."""

    code = "proposed_already"
    status = 409
    message = _("This is proposed already and waits for a second person.")


class KeysDestroyed(FirstlineError):
    """What is gone cannot be rotated, copied or destroyed again."""

    code = "keys_destroyed"
    status = 409
    message = _("The keys of this emergency have been destroyed already. Nothing was changed.")


class CopyPlaceMissing(FirstlineError):
    """A copy that nobody finds again cannot be destroyed."""

    code = "copy_place_missing"
    status = 422
    message = _("Say where the copy lies, so that it can be found and destroyed one day.")


class CopyGone(FirstlineError):
    """A copy is destroyed once."""

    code = "copy_gone"
    status = 409
    message = _("This copy is on record as destroyed already. Nothing was changed.")


explains("response_keycopygone_pkey", CopyGone())
explains("destruction_confirmed_by_another_person", SecondPersonNeeded())
explains("emergency_ends_after_it_begins", EmergencyDatesWrong())
