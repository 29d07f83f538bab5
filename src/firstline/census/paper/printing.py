"""Sheets as they are printed: forms and notices as data for their templates. Pure of the database.

Printed in the language of the place, whoever presses print: a resident reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firstline.census.paper.layout import HEIGHT, WIDTH, Form, Question, Words, form
from firstline.census.paper.numbers import payload
from firstline.kernel.printing import qr_svg

FORM, NOTICES = "census/paper/form.typ", "census/paper/notices.typ"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to print: its number, and its door in words, "" where it is written in by hand."""

    number: str
    door: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose sheets these are: the community, the number to call ("" while nobody has given one), call or fetch by."""

    community: str
    phone: str = ""
    by: date | None = None


def forms(sheets: Sequence[Sheet], head: Letterhead, questions: Sequence[Question] = ()) -> dict[str, Any]:
    """Forms as data for ``FORM``; sheets with and without a door are not mixed in one batch."""
    with translation.override(settings.LANGUAGE_CODE):
        laid = form_of(head, questions, blank=not all(sheet.door for sheet in sheets))
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "common": laid.drawn(),
            "sheets": [_own(laid, sheet) for sheet in sheets],
        }


def form_of(head: Letterhead, questions: Sequence[Question] = (), *, blank: bool) -> Form:
    """The form of a community as it is laid out."""
    lead = _("Please fill it in. We come to fetch it; until then it stays with you.")
    if head.by:
        lead = _("Please fill it in. We fetch it by %(day)s.") % {"day": _day(head.by)}
    contact = _("Questions: call %(phone)s") % {"phone": head.phone} if head.phone else ""
    consent = _(
        "Only the community's census workers read this, for this emergency and nothing else; when it is over and the"
        " time for keeping has passed, nobody can read it any more. Handing it in means that you agree. If you would"
        " rather not write something down, leave it empty."
    )
    return form(Words(_("Household form"), f"{head.community}。{lead}", consent, contact), questions, blank=blank)


def notices(sheets: Sequence[Sheet], head: Letterhead) -> dict[str, Any]:
    """Notices as data for ``NOTICES``.

    They do not say that nobody was at home: a stairwell is read by everybody.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return {"notices": [_notice(sheet, head) for sheet in sheets]}


def _own(laid: Form, sheet: Sheet) -> list[list[dict[str, Any]]]:
    pages = [
        laid.own(page, number=sheet.number, code=qr_svg(payload(sheet.number, page + 1)), door=sheet.door)
        for page in range(len(laid.pages))
    ]
    return Form(pages).drawn()


def _notice(sheet: Sheet, head: Letterhead) -> dict[str, str]:
    return {
        "number": sheet.number,
        "code": qr_svg(payload(sheet.number)),
        "link": qr_svg(sheet.link) if sheet.link else "",
        "door": sheet.door,
        "blank": _("Door: "),
        "community": head.community,
        "title": _("Please call us"),
        "lead": _("Your home is not on the census yet. One call of two minutes is enough."),
        "tell": _("Tell us this number"),
        "ask": _("The community's number") if head.phone else "",
        "phone": head.phone,
        "by": _("by %(day)s") % {"day": _day(head.by)} if head.by else _("by ____ (month) ____ (day)"),
        "scan": _("or fill it in by phone"),
        "foot": _("We ask who lives here, for this emergency only. We never ask for money, passwords or codes."),
    }


def _day(day: date) -> str:
    return pgettext("day on paper", "%(day)d/%(month)d") % {"day": day.day, "month": day.month}
