"""A workbook that came with a form, read in a process of its own; and the pictures that came with a visit."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from firstline import tables
from firstline.census.questions.definition import QuestionSet
from firstline.census.questions.errors import PictureNotTaken, QuestionsMissing, QuestionsRefused
from firstline.census.questions.pictures import MOST_BYTES
from firstline.census.questions.sets import read_set
from firstline.census.questions.words import PICTURES
from firstline.tables.apart import Bounds, read_apart

_MEGABYTE = 1024 * 1024
# The largest set that is read has a few thousand cells.
_LIMITS = tables.Limits(
    bytes=4 * _MEGABYTE, unpacked=32 * _MEGABYTE, rows=5_000, columns=128, cells=100_000, text=4 * _MEGABYTE
)
_BOUNDS = Bounds(memory=768 * _MEGABYTE, computing=20, waiting=60)


def workbook_of(request: HttpRequest) -> bytes:
    """The workbook of a form. Raises QuestionsMissing."""
    file = request.FILES.get("file")
    if file is None:
        raise QuestionsMissing
    return bytes(file.read())


def read_workbook(content: bytes) -> QuestionSet:
    """The set that a workbook says. Raises SetRefused with every reason, QuestionsRefused for what is no workbook."""
    try:
        return read_set(read_apart(content, limits=_LIMITS, bounds=_BOUNDS))
    except tables.TableError as problem:
        raise QuestionsRefused(problem=_(problem.message) % problem.data) from problem


def pictures_of(request: HttpRequest, names: dict[str, str]) -> dict[str, bytes]:
    """The pictures a form brought: ``names`` are the fields by question. Raises PictureNotTaken."""
    if not request.FILES and _too_large(request):
        # The upload handler passed it by: nothing of it touched memory or disk.
        raise PictureNotTaken(problem=PICTURES["too_large"])
    found = {}
    for field, question in names.items():
        if (file := request.FILES.get(field)) is not None and file.size:
            if file.size > MOST_BYTES:
                raise PictureNotTaken(problem=PICTURES["too_large"])
            found[question] = bytes(file.read())
    return found


def _too_large(request: HttpRequest) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
