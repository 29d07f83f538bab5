"""Search: who is found, what is shown of them, and the record it leaves."""

import pytest
from django.urls import reverse

from firstline.accounts.actions import grant_role
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.ids import uuid7
from firstline.registry import actions, searching
from firstline.registry.mentions import void_sources, write_mentions
from firstline.registry.models import Mention, SourceVoid
from firstline.registry.person_line import PersonSaid
from firstline.registry.searching import Found, search
from firstline.registry.tests.lists import staged
from firstline.testing.cast import COMMUNITY_ELSEWHERE, Cast, Member

SEARCH = reverse("registry:search")


def _found(actor: Member, text: str) -> Found:
    with scope.enter(actor):
        return search(actor, text)


def _names(actor: Member, text: str) -> list[str]:
    return [hit.name for hit in _found(actor, text).hits]


@pytest.fixture
def listed(cast: Cast) -> Cast:
    """The small list of ``compound`` accepted, and the same names at ``compound_next`` only staged."""
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound).pk)
    staged(cast.director, cast.compound_next)
    return cast


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王建国", ["王建国"]), ("建国", ["王建国"]), ("wangjianguo", ["王建国"]), ("13912345678", ["王建国"]),
        ("5678", ["王建国"]), ("6845", ["王建国"]), ("142302197602226845", ["王建国"]), ("0358-3565092", ["李秀珍"]),
        ("王建军", []), ("国建", []), ("王", []), ("13900000000", []),
    ],
)  # fmt: skip
def test_found_by_name_pinyin_phone_and_document(listed: Cast, text: str, names: list[str]) -> None:
    assert _names(listed.director, text) == names


def test_doors_are_found_too(listed: Cast) -> None:
    found = _found(listed.director, "1-1-101")
    assert {door.compound for door in found.doors} == {"枫林苑", "邮电局家属院"}


def test_whole_names_come_first_and_are_never_crowded_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [PersonSaid(f"李明{character}") for character in "华国军强英秀"]
    with scope.enter(cast.worker):
        write_mentions(
            door=cast.door, source_id=uuid7(), people=[*others, PersonSaid("李明")],
            emergency=cast.emergency, campaign_id=cast.campaign.pk,
        )  # fmt: skip
    assert _names(cast.worker, "李明")[0] == "李明"
    monkeypatch.setattr(searching, "LIMIT", 3)
    found = _found(cast.worker, "李明")
    assert (found.hits[0].name, len(found.hits), found.too_many) == ("李明", 3, True)


def test_only_in_ones_own_places(listed: Cast) -> None:
    assert _names(listed.worker, "王建国") == ["王建国"]
    assert _names(listed.worker_next, "王建国") == []
    assert _names(listed.worker_elsewhere, "王建国") == []


def test_what_was_taken_back_is_not_found(listed: Cast) -> None:
    source, people = uuid7(), [PersonSaid("欧阳娜")]
    emergency, campaign_id = listed.emergency, listed.campaign.pk
    with scope.enter(listed.worker):
        write_mentions(door=listed.door, source_id=source, people=people, emergency=emergency, campaign_id=campaign_id)
        assert len(search(listed.worker, "欧阳娜").hits) == 1
        said = Mention.objects.get(source_id=source)
        void_sources([SourceVoid.about(said, by=listed.worker, source_id=source)])
    assert _names(listed.worker, "欧阳娜") == []


def test_numbers_are_hidden(listed: Cast) -> None:
    (hit,) = _found(listed.director, "王建国").hits
    assert "139****5678" in hit.detail
    assert "13912345678" not in hit.detail


def test_every_search_is_on_record_without_the_text_in_clear(listed: Cast) -> None:
    _found(listed.worker, "王建国")
    with scope.enter(listed.director):
        entry = LedgerEntry.objects.get(action="registry.search")
        assert entry.is_look
        assert entry.open().after == {"fields": ["name"], "asked": "王建国", "found": 1}
        assert "王建国".encode() not in bytes(entry.sealed)


def test_a_search_in_two_communities_is_on_record_in_both(listed: Cast) -> None:
    person = listed.worker.person_id
    grant_role(listed.county_officer, person_id=person, role=Role.GRID_WORKER, path=COMMUNITY_ELSEWHERE)
    grant_role(listed.director, person_id=person, role=Role.GRID_WORKER, path=listed.compound_next.place.path)
    actor = actor_of_person(person)
    with scope.enter(actor):
        search(actor, "王建国")
    with scope.enter(listed.county_officer):
        places = LedgerEntry.objects.filter(action="registry.search").values_list("path", flat=True)
        assert sorted(places) == sorted([listed.compound.place.path, COMMUNITY_ELSEWHERE])


def test_the_page_takes_what_is_typed_by_post_only(listed: Cast) -> None:
    client = listed.worker.client()
    assert "王建国" not in client.get(SEARCH, {"q": "王建国"}).content.decode()
    page = client.post(SEARCH, {"q": "建国"}).content.decode()
    assert "王建国" in page
    assert reverse("census:door", args=[listed.door.pk]) in page
    assert "13912345678" not in page


def test_who_may_search(listed: Cast) -> None:
    assert listed.clerk.client().get(SEARCH).status_code == 403
    assert listed.lapsed.client().get(SEARCH).status_code == 403
