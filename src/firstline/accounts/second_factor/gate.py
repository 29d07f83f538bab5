"""Who must give a second factor, and whether a session did: asked wherever a page finds its actor."""

import functools
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse

from firstline.accounts import selectors
from firstline.accounts.models import Login
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import SecondFactorDue
from firstline.kernel.pages import to_second_factor
from firstline.kernel.paths import COMMUNITY_LENGTH, community_of


def must_give(actor: Actor) -> bool:
    """Whether this person sees more than one community now: by a grant above them, or by grants in several."""
    now = clock.now()
    paths = {grant.path for grant in actor.grants if grant.covers(None, None, now)}
    return any(len(path) < COMMUNITY_LENGTH for path in paths) or len({community_of(path) for path in paths}) > 1


def was_given(request: HttpRequest) -> bool:
    """Whether a code was given in this session, as allauth writes it down."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def actor_of(request: HttpRequest, *, half_open: bool = False) -> Actor:
    """The logged-in person with their grants, as ``ports.actor_of`` says. Raises SecondFactorDue.

    Judged by the grants of this very request: one gained a minute ago asks for its code now.
    """
    actor = selectors.actor_of(request)
    if not half_open and must_give(actor) and not was_given(request):
        raise SecondFactorDue
    return actor


def behind_second_factor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of allauth's for whoever is logged in; ours find their actor, theirs do not."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            if isinstance(request.user, Login):
                actor_of(request)
        except SecondFactorDue as due:
            return to_second_factor(request, due)
        return view(request, *args, **kwargs)

    return run
