"""The ways of work of a census as its first page lists them: each reader sees those whose pages they may open."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Room:
    """One way of work: what it is called, what it is for, and its page."""

    label: str | Promise
    purpose: str | Promise
    url_name: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def opens_to(self, actor: Actor) -> bool:
        """Whether somebody may open its page; the page itself says what that takes."""
        return actor.may(getattr(resolve(self.url).func, "permission", None))


@dataclass(frozen=True, slots=True)
class Wing:
    """Rooms that belong together."""

    label: str | Promise
    rooms: tuple[Room, ...]


_WINGS = (
    Wing(
        _("Today"),
        (
            Room(_("Walking list"), _("door by door, with the reason"), "census:walk"),
            Room(_("Share out"), _("who goes where today"), "census:share"),
            Room(_("Tonight"), _("doors for 18:00 to 21:00, by building"), "census:tonight"),
            Room(_("Intercom"), _("ring from below, stairwell by stairwell"), "census:intercom"),
            Room(_("Telephone"), _("one household after the other"), "census:calls"),
            Room(_("Call-backs"), _("the community's number, missed calls"), "census:callbacks"),
        ),
    ),
    Wing(
        _("Paper and files"),
        (
            Room(_("Forms and notices"), _("numbered sheets: print, hand out, fetch"), "census:paper"),
            Room(_("Type in a pile"), _("forms by their numbers"), "census:paper-pile"),
            Room(_("Night entry"), _("the day's doors by keyboard"), "census:night"),
            Room(_("Visit logs"), _("tables of visits and calls as they come"), "census:logs"),
            Room(_("Second typing"), _("how far typing is to be trusted"), "census:entry_checks"),
        ),
    ),
    Wing(
        _("Online"),
        (
            Room(_("Posters and links"), _("one code for each compound"), "census:online"),
            Room(_("Online reports"), _("those that name no door yet"), "census:reports"),
        ),
    ),
    Wing(
        _("How far it has come"),
        (
            Room(_("What is left"), _("compounds, most first"), "census:compounds_left"),
            Room(_("Day by day"), _("doors settled, by channel"), "census:curve"),
            Room(_("Rates"), _("response, refusal, contact"), "census:rates"),
            Room(_("Channels"), _("which way for which compound, and why"), "census:channels"),
            Room(_("Questions"), _("what is asked besides who lives there"), "census:questions"),
        ),
    ),
    Wing(
        _("A second look"),
        (
            Room(_("Blind re-check"), _("a sample counted again by others"), "census:recheck"),
            Room(_("Seals"), _("empty doors with a slip"), "census:seals"),
            Room(_("Lit windows"), _("at night against the register"), "census:lights"),
        ),
    ),
)


def wings_for(actor: Actor) -> Iterator[Wing]:
    """The wings with the rooms that somebody may enter; one without any is left out."""
    for wing in _WINGS:
        rooms = tuple(room for room in wing.rooms if room.opens_to(actor))
        if rooms:
            yield Wing(wing.label, rooms)
