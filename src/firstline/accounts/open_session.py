"""For polls that are answered before sessions, logins and grants are read: the proof that nothing of them has changed.

Whoever was answered the long way is given a proof, bound to their session and to what they asked for. It holds a digest
of the session, of the login and of its grants, and until when no clock changes what these mean: a session that locks
itself, a grant that begins or ends. Whoever answers a poll compares it with a digest of the same rows as they stand
now: somebody who logged out, was locked, lost a role or changed a password elsewhere has none that fits.

The digest in a proof was read before the session was: what changed while somebody was being judged fits no longer.
"""

import hmac
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from firstline.accounts.desk_lock import locks_at
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id

# An expression of SQL, for whoever asks for more in the same statement, of ``asked.session`` and of the login
# ``asked.whose`` at ``%(now)s``. NULL: there is no such session any more. Whole rows: whatever comes to stand in them
# counts.
STANDS = """
(SELECT encode(sha256(convert_to(concat_ws('|', session.session_data, session.expire_date, login::text,
               (SELECT string_agg(worn::text, '|' ORDER BY worn.id) FROM accounts_rolegrant AS worn
                 WHERE worn.person_id = login.person_id)), 'UTF8')), 'hex')
   FROM django_session AS session CROSS JOIN accounts_login AS login
  WHERE session.session_key = asked.session AND session.expire_date > %(now)s AND login.id = asked.whose)
"""
# Longer ago than this, whoever asks is asked in full, though nothing has changed: a new version may judge otherwise.
_LONGEST = timedelta(minutes=30)
_STOOD = "firstline.stood"


class Stood(NamedTuple):
    """How a session, its login and its grants stood when they were looked at, keyed: a digest goes out to browsers."""

    login_id: uuid.UUID
    digest: str


def bare(request: HttpRequest) -> str:
    """What whoever has no proof yet brings: whose session it is to be looked at."""
    return str(request.user.pk)


def claimed(text: str) -> uuid.UUID | None:
    """Whose session it is said to be, by a proof or by a bare id; believed by nobody. None: by neither."""
    return read_id(text.partition(".")[0])


def session_of(cookies: Mapping[str, str]) -> str | None:
    """The session whoever asks says is theirs; None: what was sent is no session."""
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return session if session.isascii() and session.isalnum() else None


def stood(environ: dict[str, Any], login_id: uuid.UUID, stands: str) -> Stood:
    """What ``STANDS`` yielded, kept along with the request for ``prove``; before anybody is judged."""
    digest = salted_hmac("firstline.accounts.stands", stands, algorithm="sha256").hexdigest()[:32]
    environ[_STOOD] = found = Stood(login_id, digest)
    return found


def holds(session: str, about: str, text: str, now: Stood) -> bool:
    """Whether this proof was given to this session ``about`` this very thing, and all stands as it did then."""
    said, _dot, signature = text.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(session, about, said).encode()):
        return False
    login, until, digest = said.split(".")
    return (login, digest) == (now.login_id.hex, now.digest) and clock.now().timestamp() < int(until)


def prove(request: HttpRequest, actor: Actor, about: str) -> str:
    """The proof that somebody, now judged, may be told ``about`` something; the bare id where nobody looked before."""
    before: Stood | None = request.META.get(_STOOD)
    if before is None or before.login_id != request.user.pk:
        return bare(request)
    said = f"{before.login_id.hex}.{int(min(_ends(request, actor)).timestamp())}.{before.digest}"
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return f"{said}.{_signature(session, about, said)}"


def _ends(request: HttpRequest, actor: Actor) -> Iterator[datetime]:
    now = clock.now()
    yield now + _LONGEST
    if (locked := locks_at(request)) is not None:
        yield locked
    for grant in actor.grants:
        yield from (moment for moment in (grant.valid_from, grant.valid_until) if moment is not None and moment > now)


def _signature(session: str, about: str, said: str) -> str:
    text = f"{session}\x1f{about}\x1f{said}"
    return salted_hmac("firstline.accounts.open_session", text, algorithm="sha256").hexdigest()[:32]
