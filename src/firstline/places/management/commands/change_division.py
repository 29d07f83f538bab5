"""Divisions over time, from the console; roles follow in the same transaction.

    firstline change-division rename PATH NAME --since DATE
    firstline change-division renumber PATH CODE --since DATE
    firstline change-division merge PATH PATH... --into CODE=NAME --since DATE
    firstline change-division split PATH --part CODE=NAME:PATH,PATH --part CODE=NAME:PATH --since DATE

After the colon stand the places directly below that go to the part. Exit codes: 0 done; 1 refused, with the reason;
2 the call itself is wrong.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.places.actions import Part, merge_places, rename_place, renumber_place, split_place
from firstline.places.models import Place
from firstline.places.selectors import place_at

WRONG_CALL = 2


class Command(BaseCommand):
    help = "Rename, renumber, merge or split divisions from a day on; their roles follow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        for way, wanted in (("rename", "NAME"), ("renumber", "CODE")):
            one = ways.add_parser(way)
            one.add_argument("paths", nargs=1, metavar="PATH")
            one.add_argument("said", metavar=wanted)
        merge = ways.add_parser("merge")
        merge.add_argument("paths", nargs="+", metavar="PATH")
        merge.add_argument("--into", dest="said", required=True, metavar="CODE=NAME")
        split = ways.add_parser("split")
        split.add_argument("paths", nargs=1, metavar="PATH")
        split.add_argument("--part", dest="parts", action="append", required=True, metavar="CODE=NAME:PATH,PATH")
        for one in ways.choices.values():
            one.add_argument("--since", type=date.fromisoformat, required=True, metavar="DATE")

    def handle(self, *, way: str, paths: list[str], since: date, **options: Any) -> None:
        places = [_place(path) for path in paths]
        try:
            with scope.enter(console()):
                made = _change(way, places, since, options)
        except FirstlineError as problem:
            raise CommandError(str(problem)) from problem
        for place in made:
            self.stdout.write(f"{place.path} {place.name}")


def _change(way: str, places: Sequence[Place], since: date, options: dict[str, Any]) -> list[Place]:
    actor, first = console(), places[0].pk
    if way == "rename":
        return [rename_place(actor, place_id=first, name=options["said"], valid_from=since)]
    if way == "renumber":
        return [renumber_place(actor, place_id=first, code=options["said"], valid_from=since)]
    if way == "merge":
        code, name = _pair(options["said"])
        ids = [place.pk for place in places]
        return [merge_places(actor, place_ids=ids, code=code, name=name, valid_from=since)]
    return split_place(actor, place_id=first, parts=[_part(text) for text in options["parts"]], valid_from=since)


def _part(text: str) -> Part:
    said, _colon, below = text.partition(":")
    code, name = _pair(said)
    return Part(code, name, [_place(path).pk for path in below.split(",") if path])


def _pair(text: str) -> tuple[str, str]:
    code, _equals, name = (part.strip() for part in text.partition("="))
    if not code or not name:
        raise CommandError(_("Write a code and a name, such as 141102003021=龙凤社区."), returncode=WRONG_CALL)
    return code, name


def _place(path: str) -> Place:
    place = place_at(path)
    if place is None:
        raise CommandError(_("No place at %(path)s.") % {"path": path}, returncode=WRONG_CALL)
    return place
