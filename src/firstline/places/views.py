"""The pages of places: the compounds, one compound's buildings and doors, and what is posted there."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel.errors import FirstlineError, Invalid
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page
from firstline.places import actions, inputs
from firstline.places.compounds_import import import_page
from firstline.places.compounds_page import CREATE, IMPORT, compounds_page
from firstline.places.contacts import REVEAL, contacts_of
from firstline.places.dwelling_page import MERGE, SPLIT, dwelling_page
from firstline.places.errors import (
    CompoundListMissing,
    CompoundListUnreadable,
    DoorAmbiguous,
    DoorElsewhere,
    DoorEnded,
    DoorNotUnderstood,
    DoorsNotTogether,
    LineChanged,
    LineNotUnderstood,
    MomentInvalid,
    NameTaken,
    NotScattered,
    PlaceClosed,
)
from firstline.places.frame_page import Shown, difference_text, frame_page, preview_context
from firstline.places.homes_page import ADD as ADD_HOME
from firstline.places.homes_page import homes_page
from firstline.places.proposals_page import ACCEPT, chosen_of, decided_text, proposals_page
from firstline.places.selectors import READ, building_for, compound_for, door_for

DECLARE = "places.declare_buildings"
# What a person at the door can put right by typing it otherwise.
_NOT_TAKEN = (DoorAmbiguous, DoorElsewhere, DoorEnded, DoorNotUnderstood, DoorsNotTogether)


@require_GET
@page(READ)
def compounds(request: Request) -> HttpResponse:
    """The compounds somebody may read, with search and filters."""
    return render(request, "places/compounds.html", compounds_page(request.actor, request.GET))


@require_POST
@page(CREATE)
def create_compound(request: Request) -> HttpResponse:
    """Add a compound, then describe it."""
    community, scattered = request.POST.get("community", ""), "scattered" in request.POST
    try:
        name = inputs.name_of(request.POST)
        made = actions.create_compound(request.actor, community_path=community, name=name, scattered=scattered)
    except (Invalid, NameTaken) as problem:
        typed = request.POST.get("name", "")
        context = compounds_page(request.actor, request.GET, typed=typed, mistake=str(problem))
        return render(request, "places/compounds.html", context, status=problem.status)
    return HttpResponseRedirect(reverse("places:frame", args=[made.pk]), status=303)


@require_http_methods(["GET", "POST"])
@page(READ)
def frame(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """A compound's profile, buildings and doors; posting a building line previews it, then saves it."""
    if request.method == "POST":
        return _declare(request, compound_id)
    compound = compound_for(request.actor, compound_id)
    shown = Shown(declared=read_id(request.GET.get("declared", "")), profile_open="profile" in request.GET)
    return render(request, "places/compound_frame.html", frame_page(request.actor, compound, shown))


def _declare(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    request.actor.require(DECLARE)
    compound, line = compound_for(request.actor, compound_id, needs=DECLARE), request.POST.get("line", "")
    mistake, status = "", 200
    if request.POST.get("step") == "save":
        token = request.POST.get("token", "")
        try:
            made = actions.declare_buildings(request.actor, compound_id=compound_id, line=line, token=token)
        except (LineNotUnderstood, LineChanged) as problem:
            mistake, status = str(problem), problem.status
        else:
            url = reverse("places:frame", args=[compound_id])
            return HttpResponseRedirect(f"{url}?declared={made.id}", status=303)
    shown = Shown(line=line, mistake=mistake)
    return render(request, "places/compound_frame.html", frame_page(request.actor, compound, shown), status=status)


@require_POST
@page(DECLARE)
def frame_preview(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """What a line being written would make; nothing is kept."""
    compound = compound_for(request.actor, compound_id, needs=DECLARE)
    return render(request, "places/_frame_preview.html", preview_context(compound, request.POST.get("line", "")))


@require_POST
@page("places.withdraw_declaration")
def withdraw(request: Request, declaration_id: uuid.UUID) -> HttpResponse:
    """Take a building line back."""
    compound = actions.withdraw_declaration(request.actor, declaration_id=declaration_id)
    messages.success(request, _("The line was taken back, with every door it had added."))
    return HttpResponseRedirect(reverse("places:frame", args=[compound.pk]), status=303)


@require_http_methods(["GET", "POST"])
@page(IMPORT, upload=True)
def import_compounds(request: Request) -> HttpResponse:
    """A community's list of compounds; posted, it is brought in and every row says what came of it."""
    if request.method != "POST":
        return render(request, "places/compounds_import.html", import_page(request.actor))
    try:
        found = inputs.compounds_of(request)
        community = request.POST.get("community", "")
        done = actions.import_compounds(request.actor, community_path=community, lines=found.lines)
    except (CompoundListMissing, CompoundListUnreadable, PlaceClosed) as problem:
        context = import_page(request.actor, mistake=str(problem))
        return render(request, "places/compounds_import.html", context, status=problem.status)
    return render(request, "places/compounds_import.html", import_page(request.actor, found=found, done=done))


@require_http_methods(["GET", "POST"])
@page(READ)
def proposals(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """Doors that lists name and nobody has on record; posted, some of them are accepted or refused."""
    if request.method != "POST":
        compound = compound_for(request.actor, compound_id)
        return render(request, "places/proposals.html", proposals_page(request.actor, compound))
    request.actor.require(ACCEPT)
    chosen = chosen_of(request.POST, compound_for(request.actor, compound_id, needs=ACCEPT))
    decide = actions.accept_proposals if chosen.accept else actions.refuse_proposals
    count = decide(request.actor, compound_id=compound_id, door_ids=chosen.door_ids)
    messages.success(request, decided_text(chosen, count))
    return HttpResponseRedirect(reverse("places:proposals", args=[compound_id]), status=303)


@require_http_methods(["GET", "POST"])
@page(READ)
def homes(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """The scattered homes of a community, found by their address; posted, one more."""
    said, typed, mistake, status = request.GET.get("q", ""), request.POST.get("address", ""), "", 200
    if request.method == "POST":
        request.actor.require(ADD_HOME)
        try:
            door = actions.add_home(request.actor, compound_id=compound_id, address=typed)
        except (DoorNotUnderstood, NotScattered) as problem:
            mistake, status = str(problem), problem.status
        else:
            messages.success(request, _("Door %(label)s is known now.") % {"label": door.label})
            return HttpResponseRedirect(reverse("places:homes", args=[compound_id]), status=303)
    compound = compound_for(request.actor, compound_id)
    context = homes_page(request.actor, compound, said=said, mistake=mistake, typed=typed)
    return render(request, "places/homes.html", context, status=status)


@require_GET
@page(READ)
def dwelling(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """A door that is not what it was: what it came from, what stands for it, and how to say so."""
    door = door_for(request.actor, door_id)
    return render(request, "places/dwelling.html", dwelling_page(request.actor, door))


@require_POST
@page(SPLIT)
def split_door(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """One door has become several."""
    door = door_for(request.actor, door_id, needs=SPLIT)
    try:
        into = inputs.doors_named(request.POST.get("into", ""))
        made = actions.split_door(request.actor, door_id=door_id, into=into)
    except _NOT_TAKEN as problem:
        return _at_door(request, door_id, problem)
    names = _(", ").join(one.label for one in made)
    messages.success(request, _("These doors are known now: %(labels)s.") % {"labels": names})
    return HttpResponseRedirect(_row_url(door.building.compound_id, door.building_id), status=303)


@require_POST
@page(MERGE)
def merge_doors(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """Several doors have become one."""
    door = door_for(request.actor, door_id, needs=MERGE)
    try:
        door_ids = [door_id, *inputs.ids_of(request.POST.getlist("door"))]
        one = actions.merge_doors(request.actor, door_ids=door_ids, into=request.POST.get("label", ""))
    except _NOT_TAKEN as problem:
        return _at_door(request, door_id, problem)
    messages.success(request, _("%(label)s is one dwelling now.") % {"label": one.label})
    return HttpResponseRedirect(_row_url(door.building.compound_id, door.building_id), status=303)


@require_POST
@page("places.describe_compound")
def describe(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """Keep what somebody says of a compound."""
    actions.describe_compound(request.actor, compound_id=compound_id, profile=inputs.profile_of(request.POST))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("places:frame", args=[compound_id]), status=303)


@require_POST
@page(REVEAL)
def contacts(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """Whom to call at the company; the look is on record, so a link that a chat app previews must not be one."""
    compound = compound_for(request.actor, compound_id, needs=REVEAL)
    found = [
        {"name": one.name, "role": one.role, "phone": one.phone} for one in contacts_of(request.actor, compound_id)
    ]
    context = {
        "section": "places:compounds",
        "compound": {"name": compound.place.name, "url": reverse("places:frame", args=[compound_id])},
        "company": compound.company.name if compound.company else "",
        "contacts": found,
    }
    return render(request, "places/contacts.html", context)


@require_POST
@page("places.walk_frame")
def walk(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """Record that a building was walked; a difference to the doors known is said at once."""
    building = building_for(request.actor, building_id, needs="places.walk_frame")
    try:
        said = inputs.walk_of(request.POST)
        walked = actions.walk_frame(
            request.actor, building_id=building_id, happened_at=said.happened_at, doors_found=said.doors_found
        )
    except (Invalid, MomentInvalid) as problem:
        return _at_building(request, building_id, problem)
    text = difference_text(walked.doors_found, walked.doors_known)
    messages.success(request, text or _("Walked. The doors counted are the doors known."))
    return HttpResponseRedirect(_row_url(building.compound_id, building_id), status=303)


@require_POST
@page("places.add_door")
def add_door(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """Add one door on the spot; where several fit, the page asks which."""
    building = building_for(request.actor, building_id, needs="places.add_door")
    text, chosen = request.POST.get("text", ""), request.POST.get("chosen", "")
    try:
        door = actions.add_door(request.actor, building_id=building_id, text=text, chosen=chosen)
    except (DoorAmbiguous, DoorElsewhere, DoorNotUnderstood) as problem:
        return _at_building(request, building_id, problem)
    messages.success(request, _("Door %(label)s is known now.") % {"label": door.label})
    return HttpResponseRedirect(_row_url(building.compound_id, building_id), status=303)


def _at_door(request: Request, door_id: uuid.UUID, problem: FirstlineError) -> HttpResponse:
    """The door's page again, with what was wrong and what was typed."""
    context = dwelling_page(request.actor, door_for(request.actor, door_id), mistake=str(problem), typed=request.POST)
    return render(request, "places/dwelling.html", context, status=problem.status)


def _at_building(request: Request, building_id: uuid.UUID, problem: FirstlineError) -> HttpResponse:
    """The compound's page again, with what was wrong at the building it was about."""
    compound = compound_for(request.actor, building_for(request.actor, building_id).compound_id)
    shown = Shown(
        mistake=str(problem),
        at_building=building_id,
        typed=request.POST.get("text", ""),
        choices=problem.data.get("choices", []),
    )
    context = frame_page(request.actor, compound, shown)
    return render(request, "places/compound_frame.html", context, status=problem.status)


def _row_url(compound_id: uuid.UUID, building_id: uuid.UUID) -> str:
    return reverse("places:frame", args=[compound_id]) + f"#b-{building_id}"
