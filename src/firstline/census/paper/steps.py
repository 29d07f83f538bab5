"""What happens to a printed sheet, and where that leaves it. Pure: no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SheetKind(TextChoices):
    FORM = "form", _("Form")
    NOTICE = "notice", _("Notice")


class StepKind(TextChoices):
    """One thing that happened to a sheet."""

    PRINTED = "printed", _("Printed")
    HANDED_OUT = "handed_out", _("Handed out")
    POSTED = "posted", _("Posted on the door")
    FETCHED = "fetched", _("Fetched, to be typed in")
    ENTERED = "entered", _("Typed in")
    ANSWERED = "answered", _("They called")
    LOST = "lost", _("Lost")
    VOID = "void", _("Spoilt")


# What was learnt from a sheet is not taken back by a later mishap with the paper.
_SETTLED = frozenset({StepKind.ENTERED, StepKind.ANSWERED})
# Outside with a household; nobody knows yet what becomes of it.
OUT = frozenset({StepKind.HANDED_OUT, StepKind.POSTED})


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step as far as the state depends on it; ``order`` breaks ties of time (the fact's id)."""

    at: datetime
    order: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a sheet stands, and since when."""

    state: StepKind
    since: datetime


def derive(steps: Iterable[Stepped]) -> Stood | None:
    """Where the steps of a sheet (those taken back left out) leave it; None without any.

    Precedence: typed in or answered by a call stands above all; then the latest of handed out, posted, fetched, lost
    and spoilt, so that a lost form that turns up is a fetched one; printed only while nothing else happened. The answer
    does not depend on the order of arrival.
    """
    ordered = sorted(steps, key=lambda step: (step.at, step.order))
    for rank in (_SETTLED, frozenset(StepKind) - _SETTLED - {StepKind.PRINTED}, frozenset({StepKind.PRINTED})):
        found = [step for step in ordered if step.kind in rank]
        if found:
            return Stood(StepKind(found[-1].kind), found[-1].at)
    return None
