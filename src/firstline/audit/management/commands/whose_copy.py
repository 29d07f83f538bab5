"""`firstline whose-copy FILE`: who took the copy of the ledger that a file comes from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from firstline.audit import pages
from firstline.audit.copies.tracing import Traced, trace
from firstline.kernel import ports, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError


class Command(BaseCommand):
    """Reads the file and the ledger, and changes nothing."""

    help = "Say who took the copy of the ledger that a file (xlsx, ods, csv) comes from, also when its head is cut off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            with scope.enter(console()):
                for traced in trace(file):
                    self.stdout.write(_said(traced))
        except (FirstlineError, OSError) as error:
            raise CommandError(str(error)) from error


def _said(traced: Traced) -> str:
    entry = traced.entry
    (shown,) = pages.in_words(console(), [entry])
    by = ports.names_of([entry.actor_id]).get(entry.actor_id, entry.actor_label)
    lines = [
        _("Copy %(id)s") % {"id": entry.subject_id},
        _("  taken by %(name)s (%(login)s), %(when)s")
        % {
            "name": by,
            "login": entry.actor_label,
            "when": date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT"),
        },
        "  " + "; ".join(f"{one.field} {one.after}" for one in shown.changes),
        _("  its id stands in the file: %(named)s") % {"named": _("yes") if traced.named else _("no")},
        _("  marks of its rows that agree: %(agree)d of %(of)d") % {"agree": traced.rows.agree, "of": traced.rows.of},
    ]
    return "\n".join(lines)
