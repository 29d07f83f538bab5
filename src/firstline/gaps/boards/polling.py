"""The part of a board that changes, asked for by every screen after each sweep: answered before all else.

Who asks brings back the proof they were given (``accounts.open_session``). Whether their session, login and grants are
as they were then, and how new the county is, is asked for all screens together (``asked``). If so they may see what
they saw: a 304 where nothing has changed, else the part as this process has rendered it for somebody. Whatever else is
the case takes the ordinary way, which refuses, renders and gives a new proof. No session is read or kept alive, and no
line is logged.
"""

from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django import db
from django.http import parse_cookie
from django.utils import timezone
from django.utils.translation import get_language_from_request

from firstline.accounts import open_session
from firstline.gaps.boards import asked, kept
from firstline.gaps.boards.figures import COUNTY_LENGTH
from firstline.gaps.jobs import SECONDS
from firstline.gaps.models import CountyState
from firstline.kernel import clock

ADDRESS = "/board/part/"
PROOF, AS_OF, AGAIN = "Firstline-Proof", "Firstline-As-Of", "Firstline-Again"
_PROOF_SENT = "HTTP_FIRSTLINE_PROOF"
# So many seconds after the next sweep begins it is looked for; a sweep that is late is looked for as often as this.
_SWEPT_WITHIN, _LATE = 5, 3


class Answer(NamedTuple):
    """What a poll is told: a status, headers, and the part where it has changed."""

    status: int
    headers: dict[str, str]
    body: bytes


class AnswerBoards:
    """The program behind a door of its own: such polls are answered here, before Django, and all else passes.

    Of what a poll costs most was everything around it: a request, a response, their signals.
    """

    def __init__(self, program: WSGIApplication) -> None:
        self.program = program

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        answer = at_once(environ)
        if answer is None:
            return self.program(environ, start_response)
        start_response("200 OK" if answer.body else "304 Not Modified", list(answer.headers.items()))
        return [answer.body]


def at_once(environ: WSGIEnvironment) -> Answer | None:
    """The answer to a poll by somebody proven; None for all else, which takes the ordinary way."""
    if environ["PATH_INFO"] != ADDRESS or environ["REQUEST_METHOD"] != "GET":
        return None
    try:
        return _to_whom_it_is_proven(environ)
    except db.Error:
        # The ordinary way finds the same, and has words for it.
        return None


def about(path: str, by: str) -> str:
    """What a proof is about: nobody who may see one board is shown another."""
    return f"board {path} {by}"


def answered(tag: str, state: CountyState | None, text: str | None) -> Answer:
    """The part, or (None) that it has not changed; with how new it is, for the screen's head."""
    headers = {"ETag": tag, AS_OF: as_of(state), AGAIN: str(again_in(state)), "Cache-Control": "private, no-store"}
    if text is None:
        return Answer(304, headers, b"")
    body = text.encode()
    # With its length, or the server sends it in pieces.
    return Answer(200, headers | {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}, body)


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


def _to_whom_it_is_proven(environ: WSGIEnvironment) -> Answer | None:
    query, cookies = dict(parse_qsl(environ.get("QUERY_STRING", ""))), parse_cookie(environ.get("HTTP_COOKIE", ""))
    path, by, proof = query.get("at", ""), query.get("by", ""), environ.get(_PROOF_SENT, "")
    county, login_id, session = path[:COUNTY_LENGTH], open_session.claimed(proof), open_session.session_of(cookies)
    if login_id is None or session is None or not county.isdigit():
        return None
    asks = asked.Asked(session, login_id, county)
    stands = asked.stands(asks)
    if stands.session is None:
        return None
    now = open_session.stood(environ, login_id, stands.session)
    if not open_session.holds(session, about(path, by), proof, now):
        return None
    asked.remember(asks, stands)
    state = stands.county
    sent: Any = SimpleNamespace(META=environ, COOKIES=cookies)
    tag = kept.tag_of(state, path, by, get_language_from_request(sent))
    if environ.get("HTTP_IF_NONE_MATCH") == tag:
        return answered(tag, state, None)
    text = kept.awaited(tag)
    return None if text is None else answered(tag, state, text)
