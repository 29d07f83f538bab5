"""What a re-check refuses, each with a stable code and a sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, explains


class NothingToDraw(FirstlineError):
    """No building is known at the place."""

    code = "nothing_to_draw"
    status = 422
    message = _("No building is known here yet. Write the buildings down first.")


class PrecisionImpossible(FirstlineError):
    """A precision, or a supposition behind it, that is no share of one."""

    code = "precision_impossible"
    status = 422
    message = _("Choose one of the precisions shown.")


class VisitedBefore(Conflict):
    """Whoever visited a building in the first round does not enumerate it again."""

    code = "visited_before"
    message = _("%(name)s was at doors of this building in the first round. Choose somebody who was not.")


class DayPassed(FirstlineError):
    """The day by which a building is to be done lies behind us, or too far ahead."""

    code = "recheck_day_passed"
    status = 422
    message = _("Choose a day from today on, within the next %(most)s days.")


class RecheckClosed(Conflict):
    """The building was closed; its findings are compared already."""

    code = "recheck_closed"
    message = _("This building is closed: what was found is being compared. Tell the director if something was wrong.")


class NothingFound(Conflict):
    """A building in which nothing was written down is not done."""

    code = "recheck_nothing_found"
    message = _("Nothing is written down in this building yet. Go from door to door first.")


class FindingInvalid(FirstlineError):
    """What was found at a door cannot be written down as it was given."""

    code = "finding_invalid"
    status = 422
    message = _("Write down who lives here, or at least how many; one name a line, %(most)s at most.")


class FindingIdTaken(Conflict):
    """The same id came for another door or with another result."""

    code = "finding_id_taken"
    message = _("This page was already used to record something else. Open the door again, then record it.")


class DifferenceGone(Conflict):
    """The difference to decide is none any more, or never was."""

    code = "difference_gone"
    message = _("This difference is not there any more. Load the page again.")


class StillUndecided(Conflict):
    """A building in which differences wait for a decision is not settled."""

    code = "recheck_still_undecided"
    message = _("Differences of this building still wait for a decision. Decide them one by one.")


explains("census_recheckfinding_pkey", FindingIdTaken())
explains("census_recheckclosing_building_id_key", RecheckClosed())
