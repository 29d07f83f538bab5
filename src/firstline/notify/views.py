"""The pages of messages and robots, and the count that every desk asks for."""

import uuid

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel import ports
from firstline.kernel.errors import FirstlineError
from firstline.kernel.pages import Request, page
from firstline.notify import actions, polling, selectors
from firstline.notify.box_page import box_page, undo_of
from firstline.notify.gaps import READ_ROBOTS
from firstline.notify.inputs import chosen_of, moment_of, robot_of, wish_of
from firstline.notify.robots_page import ADD, robots_page
from firstline.notify.settings_page import settings_page


@require_GET
@page(selectors.READ)
def messages(request: Request) -> HttpResponse:
    """One's own messages."""
    return render(request, "notify/messages.html", box_page(request.actor, chosen_of(request.GET)))


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many messages wait, for the desk's script; no page, so that asking keeps no session open."""
    try:
        actor = ports.actor_of(request)
        actor.require(selectors.READ)
    except FirstlineError as refused:
        return HttpResponse(status=refused.status)
    unread_now = polling.unread_of(actor.person_id)
    answer = JsonResponse({"count": unread_now.count, "most": unread_now.count >= polling.MOST_COUNTED})
    answer["ETag"] = polling.tag_for(request, actor.person_id, unread_now)
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_GET
@page(selectors.READ)
def open_message(request: Request, message_id: uuid.UUID) -> HttpResponse:
    """Read a message, and go where it leads."""
    return HttpResponseRedirect(actions.read(request.actor, message_id=message_id).url)


@require_POST
@page("notify.read_all")
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read; the bar below takes it back."""
    marked, at = actions.read_all(request.actor)
    shown = box_page(request.actor, chosen_of(request.GET), undo_of(marked, at))
    return render(request, "notify/messages.html", shown)


@require_POST
@page("notify.unread")
def unread(request: Request) -> HttpResponse:
    """Take that back."""
    actions.unread(request.actor, at=moment_of(request.POST))
    return HttpResponseRedirect(reverse("notify:messages"), status=303)


@require_http_methods(["GET", "POST"])
@page("notify.choose")
def settings(request: Request) -> HttpResponse:
    """How to hear of messages."""
    if request.method == "GET":
        return render(request, "notify/settings.html", settings_page(request.actor))
    try:
        actions.choose(request.actor, wish=wish_of(request.POST))
    except FirstlineError as error:
        if error.status != 422:
            raise
        return render(request, "notify/settings.html", settings_page(request.actor, str(error)), status=422)
    told.success(request, _("Kept. From now on you hear of messages this way."))
    return HttpResponseRedirect(reverse("notify:settings"), status=303)


@require_http_methods(["GET", "POST"])
@page(READ_ROBOTS)
def robots(request: Request) -> HttpResponse:
    """The robots of one's places, and adding one."""
    if request.method == "GET":
        return render(request, "notify/robots.html", robots_page(request.actor))
    request.actor.require(ADD)
    try:
        actions.add_robot(request.actor, **robot_of(request.POST))
    except FirstlineError as error:
        if error.status != 422:
            raise
        shown = robots_page(request.actor, str(error), request.POST.dict())
        return render(request, "notify/robots.html", shown, status=422)
    told.success(request, _("Added. Test it: the group should read the test message within a minute."))
    return _to_robots()


@require_POST
@page("notify.test_robot")
def test(request: Request, robot_id: uuid.UUID) -> HttpResponse:
    """A test message into the group."""
    actions.test_robot(request.actor, robot_id=robot_id)
    told.success(request, _("A test message is on its way. Look into the group, and at this page, in a minute."))
    return _to_robots()


@require_POST
@page("notify.pause_robot")
def pause(request: Request, robot_id: uuid.UUID) -> HttpResponse:
    """Let a robot be silent, or go on."""
    paused = actions.pause_robot(request.actor, robot_id=robot_id, paused=request.POST.get("pause") == "1")
    told.success(
        request, _("Paused. The group hears nothing until it goes on.") if paused.paused_at else _("It goes on.")
    )
    return _to_robots()


@require_POST
@page("notify.remove_robot")
def remove(request: Request, robot_id: uuid.UUID) -> HttpResponse:
    """Remove a robot for good."""
    actions.remove_robot(request.actor, robot_id=robot_id)
    told.success(request, _("Removed. Its address and its secret are deleted."))
    return _to_robots()


def _to_robots() -> HttpResponse:
    return HttpResponseRedirect(reverse("notify:robots"), status=303)
