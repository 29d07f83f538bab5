"""Why a door is on the list, in the words of the stairwell."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from firstline.census.next_steps import Slot, Step
from firstline.census.results import KNOCKS, Outcome
from firstline.census.walk.route import OpenDoor


def why(door: OpenDoor) -> str:
    """One short sentence: 两次没人，换个人晚上去."""
    if door.step is None:
        return _("Nobody has ever been there")
    step = Step(door.step)
    if (counted := _COUNTED.get(step)) is not None:
        return counted(door)
    return str(_SAID.get(step, step.label))


def _visit(door: OpenDoor) -> str:
    if door.outcome in KNOCKS:
        return _("Nobody in the evening, try by day")
    return _("Called without luck, go there")


def _evening(door: OpenDoor) -> str:
    if door.outcome == Outcome.TONIGHT:
        return _("Asked us to come in the evening")
    if door.outcome in KNOCKS:
        return _("Nobody by day, try in the evening")
    return _("Somebody is back, go in the evening")


def _second_round(door: OpenDoor) -> str:
    times = max(door.attempts or 0, 2)
    evening = ngettext(
        "Nobody %(times)d time, somebody else goes in the evening",
        "Nobody %(times)d times, somebody else goes in the evening",
        times,
    )
    day = ngettext(
        "Nobody %(times)d time, somebody else goes by day",
        "Nobody %(times)d times, somebody else goes by day",
        times,
    )
    return (evening if door.slot == Slot.EVENING else day) % {"times": times}


def _post_notice(door: OpenDoor) -> str:
    times = max(door.attempts or 0, 1)
    said = ngettext("Nobody %(times)d time, put up a notice", "Nobody %(times)d times, put up a notice", times)
    return said % {"times": times}


_COUNTED: dict[Step, Callable[[OpenDoor], str]] = {
    Step.VISIT: _visit,
    Step.EVENING: _evening,
    Step.SECOND_ROUND: _second_round,
    Step.POST_NOTICE: _post_notice,
}
_SAID: dict[Step, str | Promise] = {
    Step.AWAIT_CALL: gettext_lazy("Notice put up, they did not call, go and look"),
    Step.FETCH_FORM: gettext_lazy("The form is with them, fetch it"),
    Step.TALK_AGAIN: gettext_lazy("Did not want to, somebody else talks to them"),
    Step.SEND_DOCTOR: gettext_lazy("Did not want to again, the doctor goes"),
    Step.SEND_DIRECTOR: gettext_lazy("Did not want to again, the director goes"),
    Step.COMPLETE: gettext_lazy("Something is missing, ask for it"),
    Step.CHECK_VACANCY: gettext_lazy("Said to be empty, look whether it is"),
    Step.LOOK_FOR_DOOR: gettext_lazy("Door was not found, look again"),
    Step.CHECK_SEAL: gettext_lazy("Look whether the seal is whole"),
}
