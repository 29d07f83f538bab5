"""A world's reports of residents: each line of ``self_reports.jsonl`` goes through the public form."""

import html
import json
import re
import uuid
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.census.models import ReportLink
from firstline.census.online.actions import open_links
from firstline.census.online.believing import place_named, with_doors_named
from firstline.drill import community
from firstline.drill.load import Say
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.models import Compound
from firstline.places.selectors import in_ranges, place_at

REPORTS = "self_reports.jsonl"
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_PARTS = {"name": "name", "relation": "relation", "id_card": "id", "sex": "sex", "phone": "phone"}


def send_reports(director: Actor, say: Say, world: Path) -> dict[int, uuid.UUID]:
    """Send a world's reports in; under which root each line (from 1) is on record. Empty without such a file."""
    file = world / REPORTS
    if not file.is_file():
        return {}
    with scope.enter(director):
        place = place_at(community.COMMUNITY)
    if place is None:
        return {}
    [link] = open_links(director, place_ids=[place.pk])
    lines = file.read_text(encoding="utf-8").splitlines()
    roots = {number: _send(link, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()}
    say(_("Reports sent through the public form: %(count)d") % {"count": len(roots)})
    with scope.enter(director):
        compounds = with_doors_named(Compound.objects.filter(in_ranges([subtree(community.COMMUNITY)], "place__path")))
    placed = sum(map(place_named, compounds))
    say(_("Of these at doors on no list, believed by pattern and placed: %(count)d") % {"count": placed})
    return roots


def fields(report: dict[str, Any]) -> dict[str, str]:
    """The fields of the form that say what a line says."""
    typed = {
        "address": str(report.get("address", "")),
        "symptoms": str(report.get("symptom", "")),
        "note": str(report.get("note", "")),
        "filled_at": str(report.get("submit_time", "")),
        "confirmed": "1",
    }
    for row, person in enumerate(report.get("persons", []), 1):
        typed |= {f"{row}-{part}": str(person[said]) for said, part in _PARTS.items() if person.get(said)}
        if returned := person.get("returned"):
            typed[f"{row}-from"] = returned if isinstance(returned, str) else " ".join(map(str, returned.values()))
    return typed


def _send(link: ReportLink, report: dict[str, Any]) -> uuid.UUID:
    client, url = Client(SERVER_NAME="localhost"), reverse("census:report", args=[link.code])
    page = client.get(url).content.decode()
    token = html.unescape(_TOKEN.findall(page)[0])
    client.post(url, {**fields(report), "token": token})
    return uuid.UUID(token.partition(".")[0])
