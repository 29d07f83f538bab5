"""What was posted about lists of people, read into types."""

import uuid

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from firstline.kernel.errors import NotFound
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request
from firstline.workforce.lists.errors import ListMissing
from firstline.workforce.lists.reading import Field, Kind
from firstline.workforce.models import RowFix

_LONGEST = 2_000


def file_of(request: Request) -> tuple[str, bytes]:
    """The file of a form, or the text pasted into it, with its name. Raises ListMissing."""
    file = request.FILES.get("file")
    if file is not None:
        return ((file.name or "?")[-255:], file.read())
    if not (pasted := request.POST.get("pasted", "").strip()):
        raise ListMissing
    # A name that everybody reads is in the installation's language, not in that of whoever pastes.
    with translation.override(settings.LANGUAGE_CODE):
        return (_("Pasted list") + ".txt", pasted.encode())


def id_in(post: QueryDict, name: str) -> uuid.UUID:
    """An id out of a form. Raises NotFound."""
    if (found := read_id(post.get(name, ""))) is None:
        raise NotFound
    return found


def fixes_in(post: QueryDict) -> dict[str, RowFix]:
    """What was put right, by row; a row of which nothing was said is left out.

    Fields are called ``place-KEY``, ``person-KEY``, ``out-KEY``, ``fill-FIELD-KEY`` (with ``was-...``, what stood
    there), ``kind-SHEET``; ``all`` and ``keys`` place several rows at once.
    """
    found: dict[str, RowFix] = {}
    for key in post.get("keys", "").split():
        if post.get("all"):
            found[key] = RowFix(place=str(post["all"]))
    for name, text in post.items():
        what, _dash, key = str(name).partition("-")
        said = str(text).strip()[:_LONGEST]
        if what == "place" and said:
            found.setdefault(key, RowFix()).place = said
        elif what == "person" and (said == "new" or read_id(said)):
            found.setdefault(key, RowFix()).person = said
        elif what == "out":
            found.setdefault(key, RowFix()).left_out = True
        elif what == "kind" and said in {one.value for one in Kind} and key.isdecimal():
            found.setdefault(key, RowFix()).kind = said
        elif what == "fill" and said != str(post.get(f"was-{key}", "")).strip():
            field, _dash, row = key.partition("-")
            if field in {one.value for one in Field}:
                found.setdefault(row, RowFix()).fields[field] = said
    return found
