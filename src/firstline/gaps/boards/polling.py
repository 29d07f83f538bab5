"""The part of a board that changes, asked for by every screen after each sweep: answered before all else.

Who asks brings back the proof they were given (``accounts.open_session``). One statement tells whether their session,
login and grants are as they were then, and how new the county is. If so they may see what they saw: a 304 where nothing
has changed, else the part as this process has rendered it for somebody. Whatever else is the case takes the ordinary
way, which refuses, renders and gives a new proof. No session is read or kept alive, and no line is logged.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.translation import get_language_from_request

from firstline.accounts import open_session
from firstline.gaps.boards import kept
from firstline.gaps.boards.figures import COUNTY_LENGTH
from firstline.gaps.jobs import SECONDS
from firstline.gaps.models import CountyState
from firstline.kernel import clock, prepared

ADDRESS = "/board/part/"
PROOF, AS_OF, AGAIN = "Firstline-Proof", "Firstline-As-Of", "Firstline-Again"
# So many seconds after the next sweep begins it is looked for; a sweep that is late is looked for as often as this.
_SWEPT_WITHIN, _LATE = 5, 3

_ASK = f"""
SELECT {open_session.STANDS}, swept_at, changed_at
  FROM (SELECT) AS always LEFT JOIN gaps_countystate ON path = %(county)s
"""  # noqa: S608  # our own text; values are parameters


class AnswerBoards:
    """Stands before everything else, and lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ADDRESS and request.method == "GET" and (answer := _at_once(request)) is not None:
            return answer
        return self.get_response(request)


def about(path: str, by: str) -> str:
    """What a proof is about: nobody who may see one board is shown another."""
    return f"board {path} {by}"


def answered(tag: str, state: CountyState | None, text: str | None) -> HttpResponse:
    """The part, or (None) that it has not changed; with how new it is, for the screen's head."""
    response = HttpResponseNotModified() if text is None else HttpResponse(text)
    if text is not None:
        # Said here, since no other middleware will have: else the server sends it in pieces.
        response["Content-Length"] = str(len(response.content))
    response["ETag"], response[AS_OF], response[AGAIN] = tag, as_of(state), str(again_in(state))
    response["Cache-Control"] = "private, no-store"
    return response


def as_of(state: CountyState | None) -> str:
    """When a county was last looked through, in digits alone, as it may stand in a header."""
    if state is None:
        return ""
    swept = timezone.localtime(state.swept_at)
    same_day = swept.date() == timezone.localdate(clock.now())
    return f"{swept:%H:%M}" if same_day else f"{swept.month}/{swept.day} {swept:%H:%M}"


def again_in(state: CountyState | None) -> int:
    """In how many seconds it is worth asking again: when the next sweep should have been."""
    if state is None:
        return SECONDS
    waited = (clock.now() - state.swept_at).total_seconds()
    return min(max(round(SECONDS + _SWEPT_WITHIN - waited), _LATE), SECONDS + _SWEPT_WITHIN)


def has(request: HttpRequest, tag: str) -> bool:
    """Whether who asks has this very part already."""
    return request.headers.get("If-None-Match") == tag


def _at_once(request: HttpRequest) -> HttpResponse | None:
    path, by, proof = request.GET.get("at", ""), request.GET.get("by", ""), request.headers.get(PROOF, "")
    county, login_id = path[:COUNTY_LENGTH], open_session.claimed(proof)
    if login_id is None or not county.isdigit() or (values := open_session.values_of(request, login_id)) is None:
        return None
    with prepared.cursor() as cursor:
        cursor.execute(_ASK, values | {"county": county})
        stands, swept_at, changed_at = cursor.fetchone()
    if stands is None:
        return None
    now = open_session.stood(request, login_id, stands)
    if not open_session.holds(request, about(path, by), proof, now):
        return None
    state = CountyState(county, swept_at, changed_at) if swept_at else None
    tag = kept.tag_of(state, path, by, get_language_from_request(request))
    if has(request, tag):
        return answered(tag, state, None)
    text = kept.awaited(tag)
    return None if text is None else answered(tag, state, text)
