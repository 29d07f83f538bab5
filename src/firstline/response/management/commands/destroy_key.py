"""`firstline destroy-key --emergency ID --as LOGIN`: one of the two confirmations, at the server's console."""

import getpass
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from firstline.accounts.models import Login
from firstline.accounts.selectors import actor_of_person
from firstline.kernel import scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import FirstlineError
from firstline.response.actions import confirm_destruction, propose_destruction
from firstline.response.selectors import emergencies_for, proposal_of


class Command(BaseCommand):
    """The console is nobody in particular: each of the two gives their own login and password."""

    help = "Propose, or as a second person confirm, that the keys of an emergency that is over are destroyed for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--emergency", type=uuid.UUID, help="left out: only list the emergencies")
        parser.add_argument("--as", dest="login", default="", help="whose confirmation this is; asks for the password")

    def handle(self, *, emergency: uuid.UUID | None, login: str, **_options: Any) -> None:
        if emergency is None:
            self._list()
            return
        try:
            actor = _named(login)
            with scope.enter(actor):
                self._step(actor, emergency)
        except FirstlineError as error:
            raise CommandError(str(error)) from error

    def _step(self, actor: Actor, emergency_id: uuid.UUID) -> None:
        found = next((one for one in emergencies_for(actor) if one.pk == emergency_id), None)
        if found is None or proposal_of(found) is None:
            proposal = propose_destruction(actor, emergency_id=emergency_id)
            until = localtime(proposal.lapses_at).isoformat(timespec="minutes")
            self.stdout.write(_("Proposed. A second person has to confirm before %(until)s.") % {"until": until})
        else:
            confirm_destruction(actor, emergency_id=emergency_id)
            self.stdout.write(_("Destroyed here. Destroy every copy too: firstline key-copies lists them."))

    def _list(self) -> None:
        for one in emergencies_for(console()):
            until = one.kept_until
            said = _("kept until %(day)s") % {"day": localdate(until).isoformat()} if until else _("in force")
            said = _("keys destroyed") if one.key.destroyed_at else said
            self.stdout.write(f"{one.pk}  {one.path}  {one.name}  {said}")


def _named(username: str) -> Actor:
    login = Login.objects.filter(username=username, is_active=True).first()
    if login is None:
        raise CommandError(_("There is no login %(login)s.") % {"login": username})
    if not login.check_password(getpass.getpass(_("Password of %(login)s: ") % {"login": username})):
        raise CommandError(_("This is not their password. Nothing was changed."))
    return actor_of_person(login.person_id)
