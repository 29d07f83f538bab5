"""Who is expected at a door, and the numbers there."""

from dataclasses import replace

from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.ids import uuid7
from firstline.registry import actions
from firstline.registry.mentions import mentions_at, void_sources, write_mentions
from firstline.registry.models import Mention, MentionToken, SourceVoid
from firstline.registry.person_line import PersonSaid
from firstline.registry.tests.lists import staged
from firstline.testing.cast import Cast

SAID = PersonSaid("王建国", sex="male", birth_year=1964, phones=("13700001111",))


def _said(cast: Cast, *people: PersonSaid):  # type: ignore[no-untyped-def]
    source = uuid7()
    write_mentions(
        door=cast.door, source_id=source, people=people, emergency=cast.emergency, campaign_id=cast.campaign.pk
    )
    return source


def test_equal_names_are_one_line_with_their_sources(cast: Cast) -> None:
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound).pk)
    with scope.enter(cast.worker):
        _said(cast, SAID, replace(SAID, name="王小明", phones=()))
        seen = mentions_at(cast.door.pk)
    assert [(line.name, len(line.sources), len(line.mention_ids)) for line in seen] == [
        ("王建国", 2, 2),
        ("王小明", 1, 1),
    ]
    assert [number.text for number in seen[0].numbers] == ["139****5678", "142302…6845", "137****1111"]


def test_writing_again_changes_nothing(cast: Cast) -> None:
    with scope.enter(cast.worker):
        source = _said(cast, SAID)
        tokens = MentionToken.objects.count()
        write_mentions(
            door=cast.door, source_id=source, people=[SAID], emergency=cast.emergency, campaign_id=cast.campaign.pk
        )
        assert (Mention.objects.count(), MentionToken.objects.count()) == (1, tokens)


def test_what_was_taken_back_is_no_longer_expected(cast: Cast) -> None:
    with scope.enter(cast.worker):
        source = _said(cast, SAID)
        for _again in range(2):
            said = Mention.objects.get(source_id=source)
            void_sources([SourceVoid.about(said, by=cast.worker, source_id=source)])
        assert mentions_at(cast.door.pk) == []
        assert Mention.objects.count() == 1


def test_nobody_else_sees_or_writes_them(cast: Cast) -> None:
    with scope.enter(cast.worker):
        _said(cast, SAID)
    with scope.enter(cast.worker_next):
        assert mentions_at(cast.door.pk) == []
    assert not Mention.objects.exists()


def test_numbers_are_shown_once_and_the_look_is_on_record(cast: Cast) -> None:
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound).pk)
    client, url = cast.worker.client(), reverse("registry:numbers", args=[cast.door.pk])
    page = client.post(url).content.decode()
    assert "13912345678" in page and "142302197602226845" in page
    with scope.enter(cast.director):
        look = LedgerEntry.objects.get(action="registry.reveal_numbers")
        assert (look.subject_id, look.actor_label) == (cast.door.pk, "grid1")
        assert look.open().after == {"fields": ["name", "phones", "id_number"]}


def test_who_may_see_numbers(cast: Cast) -> None:
    url = reverse("registry:numbers", args=[cast.door.pk])
    assert cast.worker_next.client().post(url).status_code == 404
    assert cast.typist.client().post(url).status_code == 403
    assert cast.worker.client().get(url).status_code == 405
