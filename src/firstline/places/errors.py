"""What can be wrong about places and frames, and the constraints that say so."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, explains


class NameTaken(FirstlineError):
    """Two places of one kind under one parent cannot share a name."""

    code = "name_taken"
    status = 409
    message = _("There is already one of that name here. Give the new one another name, or open the one that exists.")


class CodeUnknown(FirstlineError):
    """Not an official division code (GB/T 2260, GB/T 10114), or its parent has not been entered."""

    code = "division_code_unknown"
    status = 422
    message = _(
        "%(value)s is no division code below a place that is known here. Check its digits, or add the one above first."
    )


class CodeTooEarly(FirstlineError):
    """Codes follow one another: a new one begins after the present one did."""

    code = "division_code_too_early"
    status = 422
    message = _("The present code holds since %(since)s. Give a later date for the new one.")


class DateAhead(FirstlineError):
    """A name or code begins on a day that has not come."""

    code = "division_date_ahead"
    status = 422
    message = _("%(date)s has not come yet. Enter it on the day from which it holds.")


class PlaceClosed(FirstlineError):
    """The division was merged or split; its successors stand for it."""

    code = "place_closed"
    status = 409
    message = _("%(place)s was merged or split, and others stand for it now. Choose one of those.")


class SplitIncomplete(FirstlineError):
    """A division is split into two parts or more, and every place below it goes to exactly one of them."""

    code = "split_incomplete"
    status = 422
    message = _("Say for every place below to which part it goes, each to one. Not said: %(names)s")


class DivisionsMissing(FirstlineError):
    """The table of divisions has not been made."""

    code = "division_table_missing"
    status = 422
    message = _("There is no table of divisions at %(path)s. Make it by make setup, then load it again.")


class LineNotUnderstood(FirstlineError):
    """A building line, or a part of it, says no doors."""

    code = "building_line_not_understood"
    status = 422
    message = _("“%(part)s” was not understood. Write it like “1-6号楼 各3单元6层每层2户”, then look at the preview.")


class LineChanged(FirstlineError):
    """What would be added is no longer what the preview showed."""

    code = "building_line_changed"
    status = 409
    message = _("The doors changed after the preview. Look at the new preview, then confirm again.")


class DoorNotUnderstood(FirstlineError):
    """A single door was typed in a way that says no door, or not a whole one."""

    code = "door_not_understood"
    status = 422
    message = _("“%(text)s” does not say one door. Write the room, such as 501, or unit and room, such as 2-501.")


class DoorAmbiguous(FirstlineError):
    """Several doors fit what was typed; a person chooses."""

    code = "door_ambiguous"
    status = 409
    message = _("“%(text)s” can be read in several ways: %(readings)s. Choose one.")


class DoorElsewhere(FirstlineError):
    """The door that was typed belongs to another building."""

    code = "door_in_another_building"
    status = 422
    message = _("%(label)s is not in building %(building)s. Open its own building, then add it there.")


class DoorEnded(FirstlineError):
    """The door is no dwelling any more: it was merged with others or split."""

    code = "door_ended"
    status = 409
    message = _("%(label)s is no dwelling any more; another stands for it. Open that one.")


class DoorsNotTogether(FirstlineError):
    """Doors become one within a building, and one becomes two or more."""

    code = "doors_not_together"
    status = 422
    message = _("Name two doors of one building or more, each once.")


class NotScattered(FirstlineError):
    """A free address is a home of no compound."""

    code = "not_scattered_homes"
    status = 422
    message = _("%(place)s is a compound. Homes by their address are added to the scattered homes of the community.")


class CompoundListMissing(FirstlineError):
    """The form came without a file, or with one larger than is taken into memory."""

    code = "compound_list_missing"
    status = 422
    message = _("No file came with the form, or it is too large. Choose the list of compounds, then send it again.")


class CompoundListUnreadable(FirstlineError):
    """The file is no table; ``cause`` is the reader's own code."""

    code = "compound_list_unreadable"
    status = 422
    message = _("%(problem)s")


class FrameTooLarge(FirstlineError):
    """Paths have a fixed width: 999 buildings a compound, 9,999 doors a building."""

    code = "frame_too_large"
    status = 422
    message = _("That would be more than %(limit)s under %(place)s. Check the numbers in the line.")


class DoorsInUse(FirstlineError):
    """Doors something leans on stay."""

    code = "doors_in_use"
    status = 409
    message = _(
        "These doors have been visited, listed or walked since, so they stay. A wrong door is recorded as “not found”."
    )


class MomentInvalid(FirstlineError):
    """A walk lies neither in the future nor in another age."""

    code = "moment_in_the_future"
    status = 422
    message = _("That moment cannot be right. Give the time at which it was walked.")


explains("place_name_once_under_parent", NameTaken())
explains("one_current_code_a_place", Conflict())
explains("company_once_a_community", Conflict())
explains("place_succession_once", Conflict())
explains("door_succession_once", Conflict())
