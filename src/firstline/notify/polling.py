"""How many messages wait, asked every half minute by every desk: what has not changed is answered before all else.

The answer's ETag names the reader, the count and the newest message, and is signed for their session. Whoever sends it
back from that session is told "not changed" for one index lookup: no session is read, none is kept alive by it, no line
is logged. Anything else takes the ordinary way. A 304 says nothing that its asker did not know.
"""

import hmac
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.crypto import salted_hmac

from firstline.kernel import prepared
from firstline.kernel.ids import read_id

# Nobody reads more than "99+"; counting ten thousand would cost.
MOST_COUNTED = 100
ADDRESS = "/messages/count/"

_UNREAD = """
SELECT count(*), max(message_id::text) FROM (
    SELECT message_id FROM notify_receipt WHERE receiver_id = %s::uuid AND read_at IS NULL AND NOT to_robot
    ORDER BY at DESC LIMIT %s::integer
) AS newest
"""


@dataclass(frozen=True, slots=True)
class Unread:
    """How many messages wait (``MOST_COUNTED``: so many or more) and what tells them from others of that number."""

    count: int
    newest: str

    @property
    def said(self) -> str:
        """Both, as they stand in an ETag."""
        return f"{self.count}.{self.newest}"


def unread_of(person_id: uuid.UUID) -> Unread:
    """What waits for somebody; one statement on an index."""
    with prepared.cursor() as cursor:
        cursor.execute(_UNREAD, [person_id, MOST_COUNTED])
        count, newest = cursor.fetchone()
    return Unread(count, newest or "")


def tag_for(request: HttpRequest, person_id: uuid.UUID, unread: Unread) -> str:
    """The ETag of an answer to this session."""
    said = f"{person_id.hex}.{unread.said}"
    return f'"{said}.{_signature(request, said)}"'


class AnswerPolls:
    """Stands before everything else, and lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ADDRESS and request.method == "GET" and _is_unchanged(request):
            return HttpResponseNotModified()
        return self.get_response(request)


def _is_unchanged(request: HttpRequest) -> bool:
    tag = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')
    said, _dot, signature = tag.rpartition(".")
    person_id = read_id(said.partition(".")[0])
    if person_id is None or not hmac.compare_digest(signature.encode(), _signature(request, said).encode()):
        return False
    return said == f"{person_id.hex}.{unread_of(person_id).said}"


def _signature(request: HttpRequest, said: str) -> str:
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return salted_hmac("firstline.notify.polling", f"{session}\x1f{said}", algorithm="sha256").hexdigest()[:32]
