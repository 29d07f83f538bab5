"""The page of proposed doors: what names each, and yes or no to one, to a building, to all."""

import uuid

import pytest
from django.urls import reverse

from firstline.identifiers.door_label import Door as DoorRead
from firstline.places.actions import DoorNamed, propose_doors
from firstline.places.models import Door, EvidenceSource, ProposalDecision
from firstline.testing.cast import Cast


@pytest.fixture
def url(cast: Cast) -> str:
    """Three doors of building 9 and one of 8 wait; a police register names them."""
    named = [("9", "101"), ("9", "102"), ("9", "801"), ("8", "101")]
    propose_doors(
        cast.director,
        compound_id=cast.compound.pk,
        source=EvidenceSource.POLICE,
        source_id=uuid.uuid4(),
        named=[DoorNamed(DoorRead(building, "1", room), 3) for building, room in named],
    )
    return reverse("places:proposals", args=[cast.compound.pk])


def known(cast: Cast) -> set[str]:
    found = Door.objects.filter(building__compound=cast.compound, building__label__in=["8", "9"])
    return set(found.values_list("label", flat=True))


def test_each_door_stands_with_what_names_it(cast: Cast, url: str) -> None:
    answer = cast.director.client().get(url)

    groups = answer.context["groups"]
    assert [(group.name, group.new, len(group.rows)) for group in groups] == [("8号楼", True, 1), ("9号楼", True, 3)]
    assert groups[0].rows[0].evidence == "派出所户口册 3行"
    frame = cast.director.client().get(reverse("places:frame", args=[cast.compound.pk]))
    assert frame.context["proposed"] == 4


def test_one_a_building_or_all_are_accepted(cast: Cast, url: str) -> None:
    client = cast.director.client()
    client.post(url, {"accept": str(Door.id_for(cast.compound.pk, "9-1-801"))})
    assert known(cast) == {"9-1-801"}
    client.post(url, {"accept": "in:9"})
    assert known(cast) == {"9-1-801", "9-1-101", "9-1-102"}
    client.post(url, {"accept": "all"})
    assert "8-1-101" in known(cast)
    assert client.get(url).context["total"] == 0


def test_what_is_refused_waits_no_more(cast: Cast, url: str) -> None:
    client = cast.typist.client()
    answer = client.post(url, {"refuse": "in:9"}, follow=True)

    assert known(cast) == set()
    assert answer.context["total"] == 1
    assert ProposalDecision.objects.filter(verdict="refused").count() == 3


@pytest.mark.parametrize("data", [{}, {"accept": "nonsense"}, {"keep": "all"}])
def test_an_answer_that_was_not_offered_is_refused(cast: Cast, url: str, data: dict[str, str]) -> None:
    assert cast.director.client().post(url, data).status_code == 422


def test_whoever_may_only_look_has_no_buttons(cast: Cast, url: str) -> None:
    answer = cast.worker.client().get(url)
    assert answer.context["may_decide"] is False
    assert 'name="accept"' not in answer.content.decode()
