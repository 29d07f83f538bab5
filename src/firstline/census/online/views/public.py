"""The public page: a household writes, sends, and comes back to correct."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from firstline.census.campaigns import campaign_at
from firstline.census.online import coming_back
from firstline.census.online.actions import Taken, take_report
from firstline.census.online.asked import misfit
from firstline.census.online.codes import typed_code
from firstline.census.online.errors import LinkClosed, ReportTaken
from firstline.census.online.form_page import back_page, form_page, masked, sent_page, unmasked
from firstline.census.online.intake import Form, form_of, intake
from firstline.census.online.judging import doubts_of
from firstline.census.online.public import public
from firstline.census.online.selectors import PublicLink, latest_version, link_by_code
from firstline.census.online.written import Posted, Written, read
from firstline.kernel import clock, scope
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import community_of


@public
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The form; a person more on it; what is doubtful in it; or that it has come in."""
    link = _link(code)
    if request.method != "POST":
        return render(request, "census/online/form.html", form_page(link))
    posted = read(request.POST)
    form = form_of(posted.token, posted.root, code=link.code, link_id=link.id, body=msgspec.json.encode(posted.written))
    written = _whole(link, posted, form)
    sure = posted.more or written.confirmed
    doubts = [] if sure else doubts_of(written, timezone.localdate(clock.now()))
    if posted.more or doubts or (written.answers and not sure and misfit(campaign_at(link.path), written)):
        corrected = form.root_id if posted.root and form.signed else None
        page = form_page(
            link,
            written=written,
            doubts=doubts,
            token=posted.token,
            root_id=corrected,
            shown=posted.rows + posted.more,
            tell=not posted.more,
        )
        return render(request, "census/online/form.html", page)
    taken = _taken(link, written, form)
    # Without the request: nothing on it asks who is looking, or where the menu leads.
    return HttpResponse(render_to_string("census/online/sent.html", sent_page(link, taken.code)))


@public
def back(request: HttpRequest, code: str) -> HttpResponse:
    """A household's own words, for whoever has its code."""
    link = _link(code)
    if request.method != "POST":
        return render(request, "census/online/back.html", back_page(link))
    typed = typed_code(request.POST.get("household_code", ""))
    if typed and coming_back.must_wait(link, typed):
        page = back_page(link, _("This was tried too often. Wait ten minutes, or call the community."))
        return render(request, "census/online/back.html", page, status=429)
    actor = intake(community_of(link.path))
    with scope.enter(actor):
        report = coming_back.opened(actor, link, typed) if typed else None
        if report is None:
            page = back_page(link, _("No report has this code. Look at it once more: eight letters and figures."))
            return render(request, "census/online/back.html", page, status=422)
        page = form_page(link, written=masked(report.open()), root_id=report.root_id)
    return render(request, "census/online/form.html", page)


def _link(code: str) -> PublicLink:
    link = link_by_code(typed_code(code))
    if link is None:
        raise NotFound
    if link.closed_at is not None:
        raise LinkClosed
    return link


def _whole(link: PublicLink, posted: Posted, form: Form) -> Written:
    """What was posted, with the numbers that its page showed masked."""
    if not (posted.root and form.signed):
        return posted.written
    with scope.enter(intake(community_of(link.path))):
        return unmasked(posted.written, latest_version(form.root_id).open())


def _taken(link: PublicLink, written: Written, form: Form) -> Taken:
    actor = intake(community_of(link.path))
    try:
        return take_report(actor, link=link, written=written, form=form)
    except ReportTaken:
        # Pressed twice at one moment: the other one is in, and this one is its repeat.
        return take_report(actor, link=link, written=written, form=form)
