"""What is asked about a row, and what a row would do, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from firstline.workforce.lists.reading import Field, Kind, Level, Problem

_ASKED: dict[str, Promise] = {
    "name_missing": gettext_lazy("No name stands here."),
    "name_odd": gettext_lazy("“%(text)s” does not read like one person's name."),
    "phone_missing": gettext_lazy("No phone."),
    "phone_wrong": gettext_lazy("“%(text)s” is no whole phone number."),
    "phones_several": gettext_lazy("Several phones; the first is taken."),
    "phone_of_another": gettext_lazy("This phone stands beside another name too: %(text)s."),
    "date_unread": gettext_lazy("“%(text)s” is no day we can read."),
    "days_unread": gettext_lazy("“%(text)s”: which days is that?"),
    "team_unread": gettext_lazy("In the team, “%(text)s” is no name with a role."),
    "role_missing": gettext_lazy("What %(text)s does in the team is not said."),
    "organisation_missing": gettext_lazy("Whose people these are is not said."),
    "township_missing": gettext_lazy("Which township this belongs to is not said."),
    "township_unknown": gettext_lazy("No township here is called “%(text)s”."),
    "township_twice": gettext_lazy("Several townships may be meant by “%(text)s”."),
    "village_missing": gettext_lazy("Which village this is about is not said."),
    "village_unknown": gettext_lazy("No village there is called “%(text)s”."),
    "village_twice": gettext_lazy("Several villages are called “%(text)s”."),
    "compound_unknown": gettext_lazy("“%(text)s” is not on record. Say which township or community it lies in."),
    "place_unknown": gettext_lazy("The place chosen is not on record here."),
    "post_unnamed": gettext_lazy("The checkpoint has no name and no place."),
    "seat_twice": gettext_lazy("The list names %(text)s twice."),
}
KINDS: dict[Kind, Promise] = {
    Kind.SECRETARIES: gettext_lazy("First secretaries"),
    Kind.CHECKPOINTS: gettext_lazy("Checkpoints"),
    Kind.STAFF: gettext_lazy("Staff"),
}
FIELDS: dict[Field, Promise] = {
    Field.NAME: gettext_lazy("Name"),
    Field.HEAD: gettext_lazy("Who leads"),
    Field.PHONE: gettext_lazy("Phone"),
    Field.POST: gettext_lazy("Post"),
    Field.UNIT: gettext_lazy("Sent by"),
    Field.TOWNSHIP: gettext_lazy("Township"),
    Field.VILLAGE: gettext_lazy("Village or community"),
    Field.COMPOUND: gettext_lazy("Compound"),
    Field.TITLE: gettext_lazy("Checkpoint"),
    Field.PLACE: gettext_lazy("Where it stands"),
    Field.TEAM: gettext_lazy("Team"),
    Field.SINCE: gettext_lazy("Since when"),
    Field.DAYS: gettext_lazy("Which days"),
    Field.PARTY: gettext_lazy("Party member"),
    Field.REMARK: gettext_lazy("Remark"),
}
LEVELS: dict[Level, Promise] = {
    Level.COUNTY: gettext_lazy("county checkpoint"),
    Level.TOWNSHIP: gettext_lazy("township checkpoint"),
    Level.VILLAGE: gettext_lazy("village checkpoint"),
    Level.COMPOUND: gettext_lazy("compound checkpoint"),
}


def asked(problem: Problem) -> str:
    """The sentence of a problem."""
    return str(_ASKED[problem.code]) % {"text": problem.text}


def state_said(state: str, before: str, phone: str = "") -> str:
    """What becomes of a row; ``before`` is who leads there so far, ``phone`` the one on record that is put right."""
    words = {
        "new": pgettext("a row of a list of people", "new"),
        "same": _("as on record"),
        "moved": _("takes over from %(name)s") % {"name": before},
        "corrected": _("the same person, another phone: so far %(phone)s") % {"phone": phone or _("none")},
        "left_out": _("left out"),
        "done": _("is in"),
        "waits": _("is asked"),
    }
    return words[state]
