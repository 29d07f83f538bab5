"""Telling whoever stands in for somebody, and that it is over; names stand on the page that a message leads to."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firstline.kernel.actors import Actor
from firstline.kernel.ports import Subject
from firstline.notify import kinds
from firstline.notify.telling import tell
from firstline.response.models import Absence

STANDS_IN, STOOD_IN = "response.stands_in", "response.stood_in"
# As what falls due within the day: said at once, and not at night.
_SEVERITY = 60


def register_kinds() -> None:
    """Say how these messages read; called in ``ready()``."""
    text = _("from %(moment)s what a colleague answers for is yours; see for whom and until when")
    kinds.register(STANDS_IN, _("You stand in for somebody"), text, group=False)
    text = _("from %(moment)s a colleague answers for it again")
    kinds.register(STOOD_IN, _("You stand in no longer"), text, group=False)


def tell_deputy(actor: Actor, absence: Absence, path: str, *, over: bool = False) -> None:
    """Tell the deputy, unless there is none or they said it themselves; within the action that was told."""
    if absence.deputy_id is None or absence.deputy_id == actor.person_id:
        return
    moment = absence.ends_at if over and absence.ends_at else absence.begins_at
    tell(
        actor,
        kind=STOOD_IN if over else STANDS_IN,
        path=path,
        to=[absence.deputy_id],
        subject=Subject(Absence._meta.label_lower, absence.pk),
        words={"moment": f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"},
        url=reverse("response:own") if over else reverse("response:answering_person", args=[absence.person_id]),
        severity=_SEVERITY,
    )
