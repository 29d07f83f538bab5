"""The list of compounds: what each is, who looks after it, how its doors are known, who answers."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firstline.kernel import ports
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.believed import read as believed
from firstline.places.models import Compound, Place, PlaceKind
from firstline.places.proposals import open_counts
from firstline.places.selectors import READ, FrameCount, communities_for, community_at, frame_counts

CREATE, IMPORT = "places.create_compound", "places.import_compounds"
# Nobody reads the thousand compounds of a county; whoever looks after them chooses a community or types a name.
AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """Which compounds are shown."""

    label: str | Promise
    count: int
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class CompoundRow:
    """One compound in the list."""

    name: str
    url: str
    frame_url: str
    make_up: str | Promise
    management: str | Promise
    gatehouse: str
    unmanaged: bool
    believed: str
    short: bool
    buildings: int
    doors: int
    walked: int
    frames: int
    differing: int
    who: str


def compounds_page(actor: Actor, query: QueryDict, *, typed: str = "", mistake: str = "") -> dict[str, Any]:
    """The compounds the actor may read, searched by ``q`` and narrowed by ``show`` and to a community by ``at``.

    ``typed`` and ``mistake`` come back when a new compound could not be added.
    """
    said, show, at = query.get("q", "").strip(), query.get("show", ""), query.get("at", "")
    community = community_at(actor, at, needs=READ) if at else None
    within = [subtree(community.path)] if community else actor.ranges(READ)
    waiting = open_counts(within)
    counts = [replace(count, proposed=waiting.get(count.compound.pk, 0)) for count in frame_counts(within)]
    kept = {"q": said, "at": community.path if community else ""}
    found = [count for count in counts if _named(count.compound, said)]
    shown = [count for count in found if _SHOWN.get(show, _all)(count)]
    rows = shown[:AT_MOST]
    who = ports.answering_for(count.compound.place.path for count in rows)
    return {
        "total": _total(counts),
        "filters": _filters(found, show, kept),
        "query": said,
        "community": community,
        "show": show if show in _SHOWN else "",
        "rows": [_row(count, who) for count in rows],
        "fitting": len(shown),
        "none_yet": not counts,
        "communities": [_choice(place) for place in _communities(actor)],
        "create_url": reverse("places:create_compound"),
        "import_url": reverse("places:import_compounds") if actor.may(IMPORT) else "",
        "typed": typed,
        "mistake": mistake,
    }


def compounds_url(**kept: str) -> str:
    """The address of the list, searched (``q``), filtered (``show``), or of one community (``at``)."""
    given = {name: value for name, value in kept.items() if value}
    return reverse("places:compounds") + (f"?{urlencode(given)}" if given else "")


def gatehouse_text(compound: Compound) -> str:
    """Whether there is a gatehouse; nothing while nobody has said."""
    if compound.gatehouse is None:
        return ""
    return _("with a gatehouse") if compound.gatehouse else _("no gatehouse")


def management_text(compound: Compound) -> str | Promise:
    """Who looks after a compound: the company by its name."""
    return compound.company.name if compound.company else compound.get_management_display()


def is_short(compound: Compound, doors: int) -> bool:
    """Whether fewer doors are known than households are believed; without any door there is nothing to compare."""
    belief = believed(compound.believed_households) if doors else None
    return belief is not None and belief.missing(doors)


def _communities(actor: Actor) -> list[Place]:
    return communities_for(actor, needs=CREATE) if actor.may(CREATE) else []


def _all(count: FrameCount) -> bool:
    return True


def _unmanaged(count: FrameCount) -> bool:
    return count.compound.looked_after is False


def _unstated(count: FrameCount) -> bool:
    return count.compound.unstated


def _unwalked(count: FrameCount) -> bool:
    return count.unwalked > 0


def _differing(count: FrameCount) -> bool:
    return count.differing > 0


def _short(count: FrameCount) -> bool:
    return is_short(count.compound, count.doors)


def _proposed(count: FrameCount) -> bool:
    return count.proposed > 0


def _bare(count: FrameCount) -> bool:
    return count.doors == 0


_SHOWN = {
    "unmanaged": _unmanaged,
    "unstated": _unstated,
    "unwalked": _unwalked,
    "differing": _differing,
    "short": _short,
    "proposed": _proposed,
    "bare": _bare,
}


def _named(compound: Compound, said: str) -> bool:
    called = [compound.place.name, *compound.aliases, compound.company.name if compound.company else ""]
    return any(said.casefold() in name.casefold() for name in called)


def _filters(found: list[FrameCount], show: str, kept: dict[str, str]) -> list[Filter]:
    labels = {
        "": _("All"),
        "unmanaged": _("Nobody looks after"),
        "unstated": _("Not said who looks after"),
        "unwalked": _("Not walked"),
        "differing": _("Counted otherwise"),
        "short": _("Fewer doors than households"),
        "proposed": _("Doors proposed"),
        "bare": _("No doors known"),
    }
    filters = []
    for key, label in labels.items():
        number = sum(_SHOWN.get(key, _all)(count) for count in found)
        active = key == (show if show in _SHOWN else "")
        if number or active or not key:
            filters.append(Filter(label, number, compounds_url(**kept, show=key), active))
    return filters


def _total(counts: list[FrameCount]) -> dict[str, int]:
    return {
        "compounds": len(counts),
        "buildings": sum(count.buildings for count in counts),
        "doors": sum(count.doors for count in counts),
        "walked": sum(count.walked for count in counts),
        "frames": sum(count.buildings for count in counts),
    }


def _row(count: FrameCount, who: dict[str, str]) -> CompoundRow:
    compound = count.compound
    frame_url = reverse("places:frame", args=[compound.pk])
    scattered = compound.place.kind == PlaceKind.SCATTERED
    return CompoundRow(
        name=compound.place.name,
        # Without doors there is no picture to show: the next thing to do is to say which buildings there are.
        url=reverse("census:compound", args=[compound.pk]) if count.doors else frame_url,
        frame_url=frame_url,
        make_up=compound.place.get_kind_display() if scattered else compound.get_make_up_display(),
        management=management_text(compound),
        gatehouse=gatehouse_text(compound),
        unmanaged=compound.looked_after is False,
        believed=compound.believed_households,
        short=is_short(compound, count.doors),
        buildings=count.buildings,
        doors=count.doors,
        walked=count.walked,
        frames=count.buildings,
        differing=count.differing,
        who=who.get(compound.place.path) or _("Nobody yet"),
    )


def _choice(place: Place) -> dict[str, str]:
    return {"value": place.path, "name": place.name}
