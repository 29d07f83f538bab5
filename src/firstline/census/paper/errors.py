"""What is refused about printed sheets, each with a sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, NotFound


class SheetRefused(FirstlineError):
    """Something that cannot be done with a sheet as it was said."""

    code = "sheet_refused"
    status = 422
    message = _("This cannot be done with this sheet. Check its number.")


class SheetUnknown(NotFound):
    """A number that no sheet of this emergency has here, or that was typed wrong."""

    code = "sheet_unknown"
    message = _("No sheet here has the number %(number)s. Look at it once more; the last digit checks the others.")


class SheetDoorMissing(SheetRefused):
    """A sheet on which no door is printed, and none was said."""

    code = "sheet_door_missing"
    message = _("No door is printed on sheet %(number)s. Say which door it is for.")


class SheetOfOtherKind(SheetRefused):
    """A form was said to be a notice, or a notice a form."""

    code = "sheet_of_other_kind"
    message = _("Sheet %(number)s is not what you pressed: it is %(kind)s. Look at the sheet, then press again.")


class SheetForAnotherDoor(SheetRefused):
    """The door said is not the one the sheet is for."""

    code = "sheet_for_another_door"
    message = _("Sheet %(number)s is for %(door)s. Take another sheet, or go to that door.")


class SheetIsNoForm(SheetRefused):
    """A notice has nothing that could be fetched or typed in."""

    code = "sheet_is_no_form"
    message = _("Sheet %(number)s is a notice; there is nothing on it to fetch or to type in.")


class SheetMovedOn(Conflict):
    """The sheet stands where this can no longer, or not yet, be done with it."""

    code = "sheet_moved_on"
    message = _("Sheet %(number)s: %(state)s. Nothing was changed.")


class NothingToPrint(SheetRefused):
    """No door was chosen, and no number of empty sheets."""

    code = "nothing_to_print"
    message = _("No door fits what you chose. Choose other doors, or say how many empty sheets.")


class TooManySheets(SheetRefused):
    """More sheets in one go than a printer holds."""

    code = "too_many_sheets"
    message = _("%(count)s sheets are too many for one go; print at most %(most)s. Choose a building.")


class StepNotYours(SheetRefused):
    """Only who recorded a step, or the director, takes it back."""

    code = "sheet_step_not_yours"
    status = 403
    message = _("Only the person who recorded this, or the director, can take it back. Ask one of them.")


class StepTakenBack(Conflict):
    """The step was taken back before, or something was recorded after it."""

    code = "sheet_step_taken_back"
    message = _("This was already taken back, or something was recorded after it; nothing was changed.")


class SheetDoorUnknown(SheetRefused):
    """What was typed for a door means none here."""

    code = "sheet_door_unknown"
    message = _("“%(text)s” is no door here. Type it as it is spoken: 3-2-501, or the compound and 3-2-501.")


class SheetDoorAmbiguous(SheetRefused):
    """What was typed for a door means several."""

    code = "sheet_door_ambiguous"
    message = _("“%(text)s” is a door in several places: %(places)s. Type the compound before it.")


class FormHasNobody(SheetRefused):
    """A form that was filled in names somebody."""

    code = "form_has_nobody"
    message = _("Type at least one person, or say that the form came back empty.")


class PersonUnread(SheetRefused):
    """A line of which no person could be read."""

    code = "person_unread"
    message = _("Line %(number)s names nobody (%(problem)s). Put the name first: 王建国 男 56 户主.")


# What is wrong with a number that was typed where something else is recorded as well.
PROBLEMS = (SheetRefused, SheetUnknown, SheetMovedOn)
