"""The ledger's page: whose acts one sees, what is opened, and that reading it is on record too."""

from datetime import timedelta
from typing import Any

import pytest
from django.test.utils import ContextList
from django.utils import timezone

from firstline.accounts import actions as accounts
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.audit import selectors
from firstline.audit.models import LedgerEntry
from firstline.audit.selectors import PAGE, Chosen
from firstline.census.actions import record_attempt
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, ledger, scope
from firstline.kernel.actors import Actor, console
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COUNTY, Cast, Member


def shown(actor: Member, query: str = "") -> ContextList | dict[str, Any]:
    answer = actor.client().get(f"/ledger/?{query}")
    assert answer.status_code == 200
    return answer.context


def all_entries() -> list[LedgerEntry]:
    with scope.enter(console()):
        return list(LedgerEntry.objects.order_by("at", "id"))


def enrol(actor: Actor, name: str, path: str = COMMUNITY) -> None:
    accounts.enrol_person(actor, name=name, home_path=path, phone="13911112222")


def look_at(actor: Actor, cast: Cast) -> None:
    with scope.enter(actor):
        ledger.look(
            actor,
            "registry.reveal_numbers",
            path=cast.door.path,
            subject=cast.door,
            fields=["phone"],
            details={"asked": "王某"},
            key_id=cast.emergency.key_id,
        )


def test_acts_are_shown_with_what_changed(cast: Cast) -> None:
    enrol(cast.director, "张建军")
    page = shown(cast.director)
    assert [(entry.by, entry.role) for entry in page["entries"]] == [("高秀兰", "director")]
    changes = {(change.before, change.after) for change in page["entries"][0].changes}
    assert ("", "张建军") in changes
    assert page["entries"][0].place == "莲花池街道 丽景街社区"


def test_whoever_acts_without_a_login_is_called_by_their_name_alone(cast: Cast) -> None:
    person = accounts.enrol_person(cast.director, name="赵没账号", home_path=COMMUNITY)
    accounts.grant_role(cast.director, person_id=person.pk, role=Role.GRID_WORKER, path=cast.compound.place.path)
    record_attempt(actor_of_person(person.pk), door_id=cast.door.pk, result="no_answer")
    entry = shown(cast.director)["entries"][0]
    assert (entry.by, entry.role) == ("赵没账号", "")


@pytest.mark.parametrize("reader", ["worker", "typist", "clerk", "lapsed"])
def test_ledger_is_for_those_who_may(cast: Cast, reader: str) -> None:
    assert getattr(cast, reader).client().get("/ledger/").status_code == 403


def test_another_countys_acts_are_not_there(cast: Cast) -> None:
    enrol(cast.county_officer, "本县新人", COUNTY)
    enrol(cast.other_county_officer, "外县新人", OTHER_COUNTY)
    assert [entry.by for entry in shown(cast.other_county_officer)["entries"]] == ["石永红"]


def test_another_countys_acts_are_not_there_without_the_selector_either(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(cast.county_officer, "本县新人", COUNTY)
    enrol(cast.other_county_officer, "外县新人", OTHER_COUNTY)
    monkeypatch.setattr(selectors, "_readable", lambda actor: LedgerEntry.objects.all())
    assert [entry.by for entry in shown(cast.other_county_officer)["entries"]] == ["石永红"]


def test_reading_is_a_look_once_a_page(cast: Cast) -> None:
    shown(cast.director)
    (entry,) = all_entries()
    assert (entry.action, entry.is_look, entry.actor_id) == ("audit.read_ledger", True, cast.director.person_id)
    page = shown(cast.director)
    assert [shown_entry.look for shown_entry in page["entries"]] == [True]
    assert len(all_entries()) == 2


def test_what_names_residents_is_closed_to_the_county(cast: Cast) -> None:
    look_at(cast.worker, cast)
    (for_county,) = [entry for entry in shown(cast.county_officer)["entries"] if entry.by == "王海燕"]
    assert for_county.closed
    assert for_county.changes == []
    assert for_county.place == "枫林苑 1-1-101"
    (for_director,) = [entry for entry in shown(cast.director)["entries"] if entry.by == "王海燕"]
    assert any(change.after == "王某" for change in for_director.changes)


def test_acts_and_looks_are_told_apart_and_counted(cast: Cast) -> None:
    enrol(cast.director, "张建军")
    look_at(cast.worker, cast)
    page = shown(cast.director, "kind=looks")
    assert [entry.by for entry in page["entries"]] == ["王海燕"]
    assert [(choice.count, choice.active) for choice in page["filters"]] == [(2, False), (1, False), (1, True)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("action=registry.reveal_numbers", ["王海燕"]),
        ("action=accounts.enrol_person", ["高秀兰"]),
        ("place=141102003005/0001", ["王海燕"]),
        ("place=141102003001", []),
        ("person=not-an-id&day=yesterday&before=what", ["王海燕", "高秀兰"]),
    ],
)
def test_choices(cast: Cast, query: str, expected: list[str]) -> None:
    enrol(cast.director, "张建军")
    look_at(cast.worker, cast)
    assert [entry.by for entry in shown(cast.director, query)["entries"]] == expected


def test_choice_by_person(cast: Cast) -> None:
    enrol(cast.director, "张建军")
    look_at(cast.worker, cast)
    page = shown(cast.director, f"person={cast.worker.person_id}")
    assert [entry.by for entry in page["entries"]] == ["王海燕"]


def test_pages_hold_every_entry_once(cast: Cast) -> None:
    moment = clock.now()
    rows = []
    for number in range(PAGE * 2 + 5):
        row = LedgerEntry(
            action="census.record_attempt",
            # Two share a moment: the id decides which comes first.
            at=moment - timedelta(milliseconds=number // 2),
            path=cast.door.path,
            actor_id=cast.worker.person_id,
            actor_label="grid1",
            subject_kind="places.door",
            subject_id=cast.door.pk,
        )
        row.seal(LedgerEntry.Contents(None, {"number": number}), cast.emergency.key_id)
        rows.append(row)
    LedgerEntry.objects.bulk_create(rows)
    chosen = Chosen(day=timezone.localtime(moment).date())
    seen: list[object] = []
    with scope.enter(cast.director):
        while True:
            page = selectors.entries(cast.director, chosen)
            seen += [row.id for row in page.rows]
            if not page.more:
                break
            chosen = Chosen(day=chosen.day, before=(page.rows[-1].at, page.rows[-1].id))
    assert len(seen) == len(set(seen)) == PAGE * 2 + 5


def test_earlier_goes_to_the_nearest_day_with_entries(cast: Cast) -> None:
    enrol(cast.director, "张建军")
    tomorrow = (timezone.localtime(clock.now()) + timedelta(days=3)).date()
    page = shown(cast.director, f"day={tomorrow}")
    assert page["entries"] == []
    today = timezone.localtime(clock.now()).date()
    assert f"day={today}" in page["earlier_url"]
    assert page["later_url"] is None


def test_page_keeps_to_its_statements(cast: Cast, statement_budget: Budget) -> None:
    enrol(cast.director, "张建军")
    look_at(cast.worker, cast)
    client = cast.director.client()
    with statement_budget("audit.ledger"):
        assert client.get("/ledger/").status_code == 200


def test_later_leads_back_towards_today(cast: Cast) -> None:
    enrol(cast.director, "张建军")
    today = timezone.localdate(clock.now())
    page = shown(cast.director, f"day={today - timedelta(days=3)}")
    assert f"day={today}" in page["later_url"]
    assert page["earlier_url"] is None
    assert shown(cast.director)["later_url"] is None


# --- Over days, at a door, about one thing


def an_entry(cast: Cast, *, days_ago: int, action: str = "census.record_attempt", path: str = "") -> LedgerEntry:
    row = LedgerEntry(
        action=action,
        at=clock.now() - timedelta(days=days_ago),
        path=path or cast.door.path,
        actor_id=cast.worker.person_id,
        actor_label="grid1",
        subject_kind="places.door",
        subject_id=cast.door.pk,
    )
    row.seal(LedgerEntry.Contents(None, {}), cast.emergency.key_id)
    row.save(force_insert=True)
    return row


def days(since: int, until: int) -> str:
    today = timezone.localdate(clock.now())
    return f"since={today - timedelta(days=since)}&day={today - timedelta(days=until)}"


@pytest.mark.parametrize(
    ("ago", "expected"), [((3, 0), 4), ((2, 1), 2), ((0, 3), 4), ((0, 0), 1), (None, 1), ((9, 5), 0)]
)
@pytest.mark.usefixtures("clock_at")
def test_from_one_day_to_another_both_included(cast: Cast, ago: tuple[int, int] | None, expected: int) -> None:
    for number in range(4):
        an_entry(cast, days_ago=number)
    page = shown(cast.director, days(*ago) if ago else "since=nonsense")
    assert len(page["entries"]) == expected
    assert page["all"] == expected


def test_who_did_and_saw_what_at_one_door(cast: Cast) -> None:
    an_entry(cast, days_ago=5)
    an_entry(cast, days_ago=2, path=cast.door_of(cast.compound, "1-1-102").path)
    look_at(cast.worker, cast)
    page = shown(cast.director)
    (history,) = {entry.history_url for entry in page["entries"]}
    answer = cast.director.client().get(history)
    assert [(entry.look, entry.place) for entry in answer.context["entries"]] == [
        (True, "枫林苑 1-1-101"),
        (False, "枫林苑 1-1-101"),
    ]
    # The door is among the places to choose, so that another choice keeps it.
    assert [choice.label for choice in answer.context["places"] if choice.active] == ["枫林苑 1-1-101"]


def test_all_that_was_about_one_person(cast: Cast) -> None:
    enrol(cast.director, "张建军")
    enrol(cast.director, "张建民")
    (first, _second) = all_entries()
    page = shown(cast.director, f"subject={first.subject_id}")
    assert len(page["entries"]) == page["all"] == 1
    assert f"subject={first.subject_id}" in page["filters"][1].url
    assert "subject" not in page["whole_url"]


def test_a_door_elsewhere_has_no_history_here(cast: Cast) -> None:
    an_entry(cast, days_ago=0, path=cast.door_elsewhere.path)
    assert shown(cast.director, f"{days(9, 0)}&place={cast.door_elsewhere.path}")["entries"] == []


def test_what_is_chosen_goes_into_the_copy(cast: Cast) -> None:
    an_entry(cast, days_ago=1)
    page = shown(cast.director, f"{days(3, 0)}&kind=acts&action=census.record_attempt&place={cast.door.path}")
    posted = dict(page["asked"])
    assert (posted["kind"], posted["action"], posted["place"]) == ("acts", "census.record_attempt", cast.door.path)
    answer = cast.director.client().post("/ledger/copy/", posted | {"form": "csv"})
    assert answer.getvalue().decode().count("枫林苑 1-1-101") == 2  # the head and its one entry


def test_a_number_is_told_by_its_end_alone(cast: Cast) -> None:
    enrol(cast.director, "任小红")
    context = shown(cast.director)
    said = [change.after for entry in context["entries"] for change in entry.changes]
    assert "•••2222" in said
    assert not any("13911112222" in text for text in said)
