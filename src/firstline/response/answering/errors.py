"""What can be wrong about who answers, and the constraints that say so."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError, explains


class PlacesMissing(FirstlineError):
    """Somebody answers for something: a place that stands, or a post."""

    code = "answering_places_missing"
    status = 422
    message = _("Choose at least one place or post that is on record, then say who answers for it.")


class TooManyPlaces(FirstlineError):
    """One press names somebody for so many places at most; ``most`` is that number."""

    code = "answering_too_many_places"
    status = 422
    message = _("At most %(most)d places at once. Choose fewer, and do the rest after that.")


class TierUnfit(FirstlineError):
    """A level answers for its own places and those below, never for what lies above it."""

    code = "answering_tier_unfit"
    status = 422
    message = _("The level “%(tier)s” answers for nothing as large as %(place)s. Choose the level above it.")


class TierNotYours(FirstlineError):
    """Each level is named by those who may: the county its leaders, a township its cadres, a community its own."""

    code = "answering_tier_not_yours"
    status = 403
    message = _("Who answers at the level “%(tier)s” is not yours to say here. Ask whoever leads that level.")


class SeatTaken(FirstlineError):
    """One person leads in one duty at one place at a time."""

    code = "answering_seat_taken"
    status = 409
    message = _("%(name)s answers for %(place)s in this duty already. Hand it over, or name a deputy.")


class SomebodyLeads(FirstlineError):
    """The same, found by the database when two people were named at once."""

    code = "answering_somebody_leads"
    status = 409
    message = _("Somebody else was named for this a moment ago. Look at it again; hand it over if that is meant.")


class AssignedAlready(FirstlineError):
    """The same person in the same duty at the same place."""

    code = "answering_assigned_already"
    status = 409
    message = _("%(name)s is named for %(place)s in this duty already. Nothing was changed.")


class LabelMissing(FirstlineError):
    """Another duty has a name of its own."""

    code = "answering_label_missing"
    status = 422
    message = _("Say what the duty is called, in a few words.")


class PersonGone(FirstlineError):
    """Who has left answers for nothing."""

    code = "answering_person_gone"
    status = 409
    message = _("%(name)s is with you no more. Choose somebody else.")


class ResponsibilityOver(FirstlineError):
    """What has ended stays as it was."""

    code = "responsibility_over"
    status = 409
    message = _("This has ended already. Name somebody anew; what was stays on record.")


class ResponsibilityDatesWrong(FirstlineError):
    """It ends after it begins."""

    code = "responsibility_dates_wrong"
    status = 422
    message = _("It cannot end before it begins. Check both dates.")


class NotIntoThePast(FirstlineError):
    """What was is not changed afterwards: nobody learns later that they answered for a day they knew nothing of."""

    code = "answering_not_into_the_past"
    status = 422
    message = _("This can be ended or handed over from now on, not for days that are over.")


class HandedToThemselves(FirstlineError):
    """A hand-over has two people."""

    code = "answering_handed_to_themselves"
    status = 422
    message = _("%(name)s answers for this already. Choose whoever takes it over.")


class AbsenceDatesWrong(FirstlineError):
    """An absence ends after it begins, and after now."""

    code = "absence_dates_wrong"
    status = 422
    message = _("An absence ends after it begins, and lies ahead. Check both dates.")


class AbsentAlready(FirstlineError):
    """One absence at a time."""

    code = "absent_already"
    status = 409
    message = _("%(name)s is down as away in that time already. Say that they are back, then write it down anew.")


class AbsenceOver(FirstlineError):
    """Somebody comes back once."""

    code = "absence_over"
    status = 409
    message = _("They are down as back already. Nothing was changed.")


class DeputyAway(FirstlineError):
    """A deputy is there, or has a deputy who is."""

    code = "deputy_away"
    status = 409
    message = _("%(name)s is away in that time too, and nobody stands in for them. Choose somebody else.")


class DeputyCircle(FirstlineError):
    """Two people who stand in for each other while both are away are nobody."""

    code = "deputy_circle"
    status = 409
    message = _("%(name)s is away in that time, and you stand in for each other in a circle. Choose somebody else.")


class DeputyThemselves(FirstlineError):
    """Nobody deputises for themselves."""

    code = "deputy_themselves"
    status = 422
    message = _("Nobody stands in for themselves. Choose somebody else, or leave it open.")


class DeputyUnknown(FirstlineError):
    """Whoever stands in is on record, with the people of one's own places or above them."""

    code = "deputy_unknown"
    status = 422
    message = _(
        "Nobody with you is called %(name)s. Write the whole name, or leave it open and say so to your director."
    )


class LimitsWrong(FirstlineError):
    """At least one, and no more than a small number holds."""

    code = "load_limits_wrong"
    status = 422
    message = _("Say how much one person may answer for as numbers from 1 to 9999.")


class HouseholdKeptAlready(FirstlineError):
    """Five people round one household, once."""

    code = "key_household_exists"
    status = 409
    message = _("Five people are round this household already. Open it, and change who they are.")


class HouseholdReleased(FirstlineError):
    """It ends once."""

    code = "key_household_over"
    status = 409
    message = _("This household needs the five no more; it is on record already. Nothing was changed.")


class ReasonMissing(FirstlineError):
    """Nobody puts five people round a door without saying why."""

    code = "key_household_reason_missing"
    status = 422
    message = _("Say why five people are to see to this household, in a few words.")


class RoleNameMissing(FirstlineError):
    """A name of one of the five is some words."""

    code = "five_role_name_missing"
    status = 422
    message = _("Say what this one of the five is called, in a few words.")


class NameNeeded(FirstlineError):
    """Nobody is named without a name."""

    code = "answering_name_needed"
    status = 422
    message = _("Type the name of whoever is to answer.")


class SeveralCalledSo(FirstlineError):
    """Several of ours may be meant."""

    code = "answering_several_called_so"
    status = 422
    message = _("More than one person may be meant by “%(name)s”. Choose who it is.")


class NobodyCalledSo(FirstlineError):
    """Nobody of ours has this name; they can be put on record on the spot."""

    code = "answering_nobody_called_so"
    status = 422
    message = _("Nobody here is called %(name)s yet. Give phone and post, and they are put on record.")


explains("one_lead_a_seat", SomebodyLeads())
explains("responsibility_ends_after_it_begins", ResponsibilityDatesWrong())
explains("absence_ends_after_it_begins", AbsenceDatesWrong())
explains("nobody_deputises_for_themselves", DeputyThemselves())
explains("one_key_household_a_door", HouseholdKeptAlready())
