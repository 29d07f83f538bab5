"""Bringing question sets in and choosing them: versions, who may, and that nothing once kept is changed."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from firstline.audit.models import LedgerEntry
from firstline.census.models import Campaign, QuestionSet
from firstline.census.questions import definition, shipped
from firstline.census.questions.actions import choose_questions, upload_questions
from firstline.census.questions.tests.sheets import a_set
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COUNTY, Cast, Member

ONE, OTHER = a_set(("text", "a", "A")), a_set(("text", "a", "B"))


def uploaded(who: Member, said: definition.QuestionSet = ONE, path: str = COMMUNITY) -> QuestionSet:
    return upload_questions(who, path=path, said=said, workbook=b"workbook as it came")


def acts(cast: Cast, name: str) -> int:
    """How often something was done, by the ledger."""
    with scope.enter(cast.county_officer):
        return LedgerEntry.objects.filter(action=name).count()


def asks(cast: Cast) -> QuestionSet | None:
    """What the campaign asks now."""
    return Campaign.objects.get(pk=cast.campaign.pk).question_set


def test_a_set_is_kept_with_its_workbook_and_numbered(cast: Cast) -> None:
    first, second = uploaded(cast.director), uploaded(cast.director, OTHER)

    assert (first.number, second.number) == (1, 2)
    assert QuestionSet.objects.get(pk=first.pk).said == ONE
    assert bytes(QuestionSet.objects.get(pk=second.pk).workbook) == b"workbook as it came"
    assert acts(cast, "census.upload_questions") == 2


def test_the_same_questions_again_are_the_set_that_is_there(cast: Cast) -> None:
    assert uploaded(cast.director).pk == uploaded(cast.director).pk
    assert QuestionSet.objects.count() == 1
    assert acts(cast, "census.upload_questions") == 1


def test_what_was_kept_is_never_changed(cast: Cast) -> None:
    kept = uploaded(cast.director)
    kept.title = "another"
    with scope.enter(cast.director), pytest.raises(ProgrammingError), transaction.atomic():
        kept.save()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("worker", Forbidden), ("clerk", Forbidden), ("lapsed", Forbidden), ("other_county_officer", NotFound)],
)
def test_who_may_not_bring_a_set_in(cast: Cast, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        uploaded(getattr(cast, who))
    assert QuestionSet.objects.count() == 0


def test_a_campaign_asks_what_is_chosen_and_nothing_again(cast: Cast) -> None:
    kept = uploaded(cast.county_officer, path=COUNTY)
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=kept.pk)
    assert asks(cast) == kept

    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=None)
    assert asks(cast) is None
    assert acts(cast, "census.choose_questions") == 2


def test_the_questions_of_a_whole_county_are_not_a_directors_to_choose(cast: Cast) -> None:
    kept = uploaded(cast.director)
    with pytest.raises(NotFound):
        choose_questions(cast.director, campaign_id=cast.campaign.pk, set_id=kept.pk)


def test_a_set_of_another_county_is_not_there(cast: Cast) -> None:
    kept = uploaded(cast.other_county_officer, path=OTHER_COUNTY)
    with pytest.raises(NotFound):
        choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=kept.pk)
    assert cast.director.client().get(f"/census/questions/{kept.pk}/").status_code == 404


def test_every_shipped_set_can_be_kept(cast: Cast) -> None:
    for name in shipped.NAMES:
        kept = upload_questions(cast.director, path=COMMUNITY, said=shipped.read(name), workbook=shipped.workbook(name))
        assert (kept.name, kept.number) == (name, 1)


def test_nobody_without_a_login_sees_a_set(cast: Cast) -> None:
    kept = uploaded(cast.director)
    answer: Any = Client().get(f"/census/questions/{kept.pk}/")
    assert answer.status_code == 302
