"""What the census refuses, each with a stable code and a sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, Forbidden, explains


class AttemptRefused(FirstlineError):
    """An attempt that cannot be written down as it was given."""

    code = "attempt_refused"
    status = 422
    message = _("This visit cannot be written down as it stands. Check it and try again.")


class UnknownResult(AttemptRefused):
    """A result or channel word that is not in the list."""

    code = "unknown_result"
    message = _("“%(word)s” is not one of the results. Choose one of those shown.")


class HappenedInFuture(AttemptRefused):
    """The moment given lies ahead of the server's clock by more than clocks differ."""

    code = "happened_in_future"
    message = _("The time given has not come yet (%(happened_at)s). Check the clock of the device, or the time typed.")


class BeforeCampaign(AttemptRefused):
    """The moment given lies before the campaign began, so the visit cannot belong to it."""

    code = "before_campaign"
    message = _("The time given (%(happened_at)s) is before this census began (%(started_at)s). Check the date.")


class OutsideCampaign(AttemptRefused):
    """The door does not lie in the campaign's area."""

    code = "outside_campaign"
    message = _("This door is not in the area of “%(campaign)s”. Choose the census that covers it.")


class NoteTooLong(AttemptRefused):
    """A note of more characters than a note has."""

    code = "note_too_long"
    message = _("The note has %(length)s characters; %(most)s fit. Shorten it, then save again.")


class TooManyPeople(AttemptRefused):
    """More people at one door in one visit than a household or a dormitory has."""

    code = "too_many_people"
    message = _("%(count)s people at one door are too many for one visit; write down %(most)s at a time.")


class MinutesImpossible(AttemptRefused):
    """A duration that no visit has."""

    code = "minutes_impossible"
    message = _("A visit lasts between 0 and %(most)s minutes, not %(minutes)s.")


class AttemptIdTaken(Conflict):
    """The same id came with another body: two different facts cannot be one."""

    code = "attempt_id_taken"
    message = _("This page was already used to record something else. Open the door again, then record it.")


class RulesNotUnderstood(FirstlineError):
    """Rules of a campaign that are no rules."""

    code = "rules_not_understood"
    status = 422
    message = _("These rules do not work: %(problem)s. Hours go from 0 to 24; days and times are small numbers.")


class CampaignNotUnderstood(FirstlineError):
    """A campaign or round whose name or dates make no sense."""

    code = "campaign_not_understood"
    status = 422
    message = _("This census cannot be set up so: %(problem)s.")


class FrameFrozen(Conflict):
    """The frame of this campaign has a cut-off already."""

    code = "frame_frozen"
    message = _("The doors of this census were fixed on %(since)s already. What comes or goes since is counted apart.")


class CampaignLeads(Conflict):
    """The campaign is the one everybody works in."""

    code = "campaign_leads"
    message = _("Everybody works in this census. Let another one lead first, then end this one.")


class AlreadyVoided(Conflict):
    """The attempt was taken back before."""

    code = "already_voided"
    message = _("This was already taken back; nothing more needs to be done.")


class NotYourAttempt(Forbidden):
    """Only who recorded it, or the director, takes an attempt back."""

    code = "not_your_attempt"
    message = _("Only the person who recorded this, or the director, can take it back. Ask one of them.")


class SheetTooOld(Conflict):
    """What was saved with one press is taken back with one press for a while only."""

    code = "sheet_too_old"
    message = _("This was saved more than %(minutes)s minutes ago. Take single lines back at their doors.")


class NothingToCheck(FirstlineError):
    """No line that counts was typed that day by whom, or by which way, was asked for."""

    code = "nothing_to_check"
    status = 422
    message = _("Nothing that counts was typed like this on %(day)s. Choose another day or another source.")


class NotReadable(FirstlineError):
    """A line put right by its paper says no attempt; ``problem`` says why."""

    code = "line_not_readable"
    status = 422
    message = _("The line as the paper has it cannot be recorded: %(problem)s")


class OwnRows(Forbidden):
    """Whoever typed a line first neither types it again nor judges it."""

    code = "own_rows"
    message = _("You typed this yourself. Somebody else types it again from the paper, and decides.")


explains("census_attempt_pkey", AttemptIdTaken())
explains("census_attemptvoid_attempt_id_key", AlreadyVoided())
