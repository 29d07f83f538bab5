"""Who there is: organisations with their people, checkpoints with their teams; search, and moving somebody."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.accounts.selectors import details_of
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid
from firstline.kernel.paths import subtree
from firstline.places.models import Post, PostKind
from firstline.places.names import words_at
from firstline.places.selectors import in_ranges
from firstline.response.answering.selectors import answerers_at
from firstline.response.models import Tier
from firstline.workforce.lists.selectors import ACCEPT, BRING, READ_STAFF
from firstline.workforce.models import StaffMember, Team, TeamMember

# Nobody reads a thousand lines; whoever looks for somebody types a name.
_MOST = 400


def staff_page(actor: Actor, at: str, query: str) -> dict[str, Any]:
    """The people of the reader's places, or of one of them, whose name, post, team or organisation holds ``query``."""
    ranges = [subtree(at)] if at and actor.may(READ_STAFF, at) else actor.ranges(READ_STAFF)
    wanted = query.strip()
    staff = StaffMember.objects.filter(in_ranges(ranges), valid_until=None)
    people = [_colleague(one) for one in staff.select_related("person", "organisation").order_by("organisation", "id")]
    posts = list(Post.objects.filter(in_ranges(ranges), kind=PostKind.CHECKPOINT, closed_at=None).order_by("path"))
    members = TeamMember.objects.filter(in_ranges(ranges), valid_until=None).select_related("person", "team")
    teams = _teams(posts, list(members.order_by("path", "id")))
    if wanted:
        people = [one for one in people if wanted in " ".join((one["name"], one["post"], one["organisation"]))]
        teams = [one for one in teams if wanted in one["words"]]
    return {
        "section": "workforce:staff",
        "query": wanted,
        "organisations": _grouped(people[:_MOST]),
        "people_count": len(people),
        "teams": teams[:_MOST],
        "team_count": len(teams),
        "choices": [f"{one['place']} {one['name']}" for one in teams if one["id"]],
        "may_move": actor.may("workforce.regroup"),
        "import_url": reverse("workforce:people_import") if actor.may(BRING) and actor.may(ACCEPT) else "",
    }


def team_called(actor: Actor, said: str) -> uuid.UUID:
    """The team of a checkpoint by its place and name, as the page offers them. Raises Invalid."""
    teams = Team.objects.filter(in_ranges(actor.ranges("workforce.regroup")))
    names = words_at({team.path.rpartition("/")[0] for team in teams})
    for team in teams:
        if said.strip() in (f"{names.get(team.path.rpartition('/')[0], '')} {team.name}", team.name):
            return team.pk
    raise Invalid(field="team", problem=_("No team is called so. Choose one of those offered."))


def _colleague(member: StaffMember) -> dict[str, Any]:
    available = member.open()
    return {
        "name": details_of(member.person).name,
        "organisation": member.organisation.name,
        "post": member.post,
        "party": member.party_member,
        "days": available.words,
        "unread": available.pattern == "unread",
        "url": reverse("response:answering_person", args=[member.person_id]),
        "phone_url": reverse("response:person_phone", args=[member.person_id]),
    }


def _grouped(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in people:
        groups.setdefault(one["organisation"], []).append(one)
    return [{"name": name, "people": found} for name, found in groups.items()]


def _teams(posts: list[Post], members: list[TeamMember]) -> list[dict[str, Any]]:
    paths = [post.path for post in posts]
    heads: dict[str, Any] = {}
    for tier in Tier:
        heads |= {path: one for path, one in answerers_at(paths, tier).items() if path not in heads}
    names = words_at({post.path.rpartition("/")[0] for post in posts})
    by_path: dict[str, list[TeamMember]] = {}
    for member in members:
        by_path.setdefault(member.path, []).append(member)
    ids: dict[str, uuid.UUID] = dict(Team.objects.filter(path__in=paths).values_list("path", "pk"))
    return [_team(post, by_path.get(post.path, []), heads.get(post.path), names, ids.get(post.path)) for post in posts]


def _team(
    post: Post, members: list[TeamMember], head: Any, names: dict[str, str], team_id: uuid.UUID | None
) -> dict[str, Any]:
    shown = [
        {
            "id": member.pk,
            "name": details_of(member.person).name,
            "role": member.role,
            "leads": member.leads,
            "url": reverse("response:answering_person", args=[member.person_id]),
        }
        for member in members
    ]
    leader = head.name if head is not None else ""
    place = names.get(post.path.rpartition("/")[0], "")
    return {
        "id": team_id,
        "name": post.name,
        "place": place,
        "leader": leader,
        "leader_url": reverse("response:answering_person", args=[head.person_id]) if head is not None else "",
        "phone_url": reverse("response:person_phone", args=[head.person_id]) if head is not None else "",
        "url": reverse("response:answers_at", args=[post.path]),
        "members": shown,
        "words": " ".join([post.name, place, leader, *(f"{one['name']} {one['role']}" for one in shown)]),
    }
