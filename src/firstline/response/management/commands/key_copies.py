"""`firstline key-copies`: the register of copies of keys; put one on it, or say that one is destroyed."""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.kernel.models import DataKey
from firstline.response.actions import copy_destroyed, register_copies
from firstline.response.selectors import copies_of


class Command(BaseCommand):
    """A backup registers its copies by itself; what somebody carries away by hand is registered here."""

    help = "List the copies of keys; register one made by hand (--key, --at), or say that one is destroyed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--key", type=uuid.UUID, help="the key of which a copy was made")
        parser.add_argument("--at", default="", help="where the copy lies")
        parser.add_argument("--destroyed", type=uuid.UUID, help="the copy that is destroyed")

    def handle(self, *, key: uuid.UUID | None, at: str, destroyed: uuid.UUID | None, **_options: Any) -> None:
        try:
            if key is not None:
                register_copies(console(), key_ids=[key], place=at)
            if destroyed is not None:
                copy_destroyed(console(), copy_id=destroyed)
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        for copy in copies_of(DataKey.objects.all()):
            said = _("destroyed") if hasattr(copy, "gone") else _("there")
            made = copy.made_at.isoformat(timespec="minutes")
            self.stdout.write(f"{copy.pk}  {copy.key_id}.key  {made}  {said}  {copy.place}")
