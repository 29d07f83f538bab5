"""`firstline declare`: put an emergency in force at a place, with a data key of its own, from the server's console."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError, NotFound
from firstline.response.actions import declare
from firstline.response.models import Level


class Command(BaseCommand):
    """Until an emergency is in force at a place nothing personal can be recorded there."""

    help = "Declare an emergency over a place and all below it; makes its data key and its default campaign."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True, help="the place's code, such as 141102")
        parser.add_argument("--name", required=True)
        parser.add_argument("--level", required=True, type=int, choices=Level.values, help="1 is the gravest")
        parser.add_argument("--legal-basis", required=True, help="the law and article")
        parser.add_argument("--document", default="", help="number of the notice by which it was declared")

    def handle(self, *, place: str, name: str, level: int, legal_basis: str, document: str, **_options: Any) -> None:
        try:
            emergency = declare(
                console(),
                path=place,
                name=name,
                level=Level(level),
                legal_basis=legal_basis,
                document_number=document,
            )
        except NotFound as error:
            raise CommandError(_("There is no place %(place)s yet; enter it first.") % {"place": place}) from error
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        if emergency.leads_since is None:
            self.stdout.write(_("Another one leads here already; this one stands beside it."))
        said = _("In force: %(name)s. Back up its key, apart from the data: %(key)s.key")
        self.stdout.write(said % {"name": emergency.name, "key": emergency.key_id})
