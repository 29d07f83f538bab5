"""A log on its way in: what becomes of every row, what counts and when, and that nothing comes twice or is lost."""

import uuid
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline import tables
from firstline.census.actions import record_attempt, record_many
from firstline.census.logs import selectors, settling, storing
from firstline.census.logs.actions import Right, discard_log
from firstline.census.logs.errors import LogDecided, NoLog, RowDecided
from firstline.census.logs.result_words import Heard
from firstline.census.logs.selectors import LogState
from firstline.census.logs.tests.logs import HEAD, line, states, taken, yesterday
from firstline.census.models import Attempt, DoorState, LogFile, LogRow, LogStep, RowState
from firstline.census.results import Channel, Result
from firstline.kernel import clock, scope
from firstline.kernel.clock import Precision
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.actions import add_door
from firstline.registry.models import Mention
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast


def outcome(cast: Cast, door: str) -> str | None:
    with scope.enter(cast.director):
        found = DoorState.objects.filter(door=cast.door_of(cast.compound, door))
        return found.values_list("outcome", flat=True).first()


def account(cast: Cast, log: LogFile) -> selectors.Account:
    with scope.enter(cast.director):
        return selectors.accounts_of([log])[log.pk]


def row_of(cast: Cast, log: LogFile, number: int) -> LogRow:
    with scope.enter(cast.director):
        return LogRow.objects.get(log=log, number=number)


def attempts(cast: Cast) -> int:
    with scope.enter(cast.director):
        return Attempt.objects.filter(void=None).count()


def test_a_log_counts_once_it_is_accepted(cast: Cast) -> None:
    log = taken(cast, line("1-1-101", "登记完成", note="刘有才2口人"), line("1-1-102", "敲门没反应", "晚上7点半")).log
    assert states(cast, log) == [("placed", ""), ("placed", "")]
    assert attempts(cast) == 0

    assert storing.accept(cast.director, log.pk) == 2

    assert (outcome(cast, "1-1-101"), outcome(cast, "1-1-102")) == ("registered", "knocked1")
    with scope.enter(cast.director):
        attempt = Attempt.objects.get(result="registered")
        assert (attempt.channel, attempt.minutes, attempt.persons_met) == ("door", 3, 1)
        assert (attempt.open().note, attempt.open().visitor) == ("刘有才2口人", "老韩")
        assert timezone.localtime(attempt.happened_at).strftime("%H:%M") == "09:30"
        assert attempt.source_id == row_of(cast, log, 2).pk
        assert Mention.objects.get(source_id=attempt.pk).open().name == "刘有才"


def test_every_bad_row_is_kept_with_its_reason(cast: Cast) -> None:
    tomorrow = yesterday(-1)
    log = taken(
        cast,
        line("1-1-101", "见人下菜"),
        line("1-1-101", ""),
        line("1-1-101", "登记", day="昨天"),
        line("1-1-101", "登记", day=tomorrow),
        line("1-1-101", "登记", day=yesterday(9)),
        line("7-1-101", "登记"),
        line("1-9-101", "登记"),
        line("1--101", "登记"),
        f"{yesterday()},9:30,东湖花园,1,1,101,老韩,登记,3,",
        f"{yesterday()},9:30,枫林苑,,,,老韩,登记,3,",
        line("1-2-101", "登记", note="😀" * 100_000),
        line("1-2-102", "登记"),
        line("1-2-102", "登记"),
        "合计,,,,,,,共12户,,",
    ).log
    assert states(cast, log) == [
        ("parked", "result_unknown"),
        ("parked", "result_missing"),
        ("parked", "day_unreadable"),
        ("parked", "in_future"),
        ("parked", "before_campaign"),
        ("parked", "no_such_door"),
        ("parked", "no_such_door"),
        ("parked", "door_incomplete"),
        ("parked", "no_compound"),
        ("parked", "door_missing"),
        ("placed", ""),
        ("placed", ""),
        ("duplicate", ""),
        ("no_data", ""),
    ]
    found = account(cast, log)
    assert found.rows == found.placed + found.parked + found.duplicate + found.no_data == 15
    assert storing.accept(cast.director, log.pk) == 2
    with scope.enter(cast.director):
        assert row_of(cast, log, 12).open().remark == "😀" * 100_000
        assert [str(one) for one in row_of(cast, log, 9).open().choices] == [
            str(cast.door_of(cast.compound, label).pk) for label in ("1-1-101", "1-2-101")
        ]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters=',"\r\n\0', exclude_categories=["Cs", "Cc"]), max_size=6),
            st.sampled_from(["1-1-101", "9-9-999", "--"]),
            st.sampled_from(["登记", "没人", "??", ""]),
        ),
        max_size=8,
    )
)
def test_whatever_stands_in_a_log_every_row_is_in_exactly_one_state(
    cast: Cast, rows: list[tuple[str, str, str]]
) -> None:
    lines = [line(door, result, note=note) for note, door, result in rows]
    log = taken(cast, line("1-1-101", "登记"), line("1-1-101", "没人", note=uuid.uuid4().hex), *lines).log
    found = account(cast, log)
    assert found.rows == 3 + len(rows) == found.placed + found.parked + found.duplicate + found.no_data


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    first = taken(cast, line("1-1-101", "登记"))
    storing.accept(cast.director, first.log.pk)
    again = taken(cast, line("1-1-101", "登记"), by=cast.typist)

    assert (first.known, again.known, again.log.pk) == (False, True, first.log.pk)
    assert storing.accept(cast.director, first.log.pk) == 0
    assert attempts(cast) == 1


def test_whoever_was_killed_half_way_goes_on(cast: Cast) -> None:
    log = taken(
        cast, line("1-1-101", "登记"), f"{yesterday()},9:30,邮电局家属院,1,1,101,老韩,登记,3,", line("1-1-102", "没人")
    ).log
    done: list[object] = []

    def killed(*args: object, **kwargs: object) -> list[uuid.UUID]:
        if done:
            raise SystemExit
        done.append(args)
        return record_many(*args, **kwargs)  # type: ignore[arg-type]

    with patch.object(storing, "record_many", killed), pytest.raises(SystemExit):
        storing.accept(cast.director, log.pk)
    with scope.enter(cast.director):
        assert selectors.state_of(selectors.log_for(cast.director, log.pk)) is LogState.RECORDING
    assert 0 < attempts(cast) < 3

    storing.accept(cast.director, log.pk)
    assert attempts(cast) == 3
    with scope.enter(cast.director):
        assert selectors.state_of(selectors.log_for(cast.director, log.pk)) is LogState.COUNTS


def test_rows_that_were_not_stored_are_stored_when_the_file_comes_again(cast: Cast) -> None:
    rows = [line("1-1-101", "登记"), line("1-1-102", "没人")]
    with patch("firstline.kernel.bulk.insert", side_effect=SystemExit), pytest.raises(SystemExit):
        taken(cast, *rows)
    again = taken(cast, *rows)
    assert again.known
    assert states(cast, again.log) == [("placed", ""), ("placed", "")]


def test_a_log_taken_back_leaves_doors_as_they_were(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer")
    log = taken(cast, line("1-1-101", "登记", note="刘有才2口人"), line("1-1-102", "没人住")).log
    storing.accept(cast.director, log.pk)
    assert outcome(cast, "1-1-101") == "registered"

    assert storing.take_back(cast.director, log.pk) == 2

    assert (outcome(cast, "1-1-101"), outcome(cast, "1-1-102")) == ("knocked1", None)
    with pytest.raises(LogDecided):
        storing.accept(cast.director, log.pk)
    # The same file may come again, and is another log.
    again = taken(cast, line("1-1-101", "登记", note="刘有才2口人"), line("1-1-102", "没人住"))
    assert not again.known
    assert storing.accept(cast.director, again.log.pk) == 2


def test_a_log_set_aside_never_counts(cast: Cast) -> None:
    log = taken(cast, line("1-1-101", "登记")).log
    discard_log(cast.director, log_id=log.pk)
    with pytest.raises(LogDecided):
        storing.accept(cast.director, log.pk)
    with pytest.raises(LogDecided):
        storing.settle(cast.director, log.pk, [Right(row_of(cast, log, 2).pk)])


def test_a_parked_row_put_right_counts_and_is_taken_back(cast: Cast) -> None:
    log = taken(cast, line("1-1-102", "没人"), line("1--101", "登记")).log
    storing.accept(cast.director, log.pk)
    row = row_of(cast, log, 3)

    decision = storing.settle(cast.typist, log.pk, [Right(row.pk, cast.door.pk)])

    assert outcome(cast, "1-1-101") == "registered"
    assert (account(cast, log).placed, account(cast, log).parked) == (2, 0)
    with pytest.raises(RowDecided):
        storing.settle(cast.director, log.pk, [Right(row.pk)])

    assert storing.unsettle(cast.director, log.pk, decision) == 1
    assert outcome(cast, "1-1-101") is None
    assert account(cast, log).parked == 1
    # Another door now: the attempt is another one.
    storing.settle(cast.director, log.pk, [Right(row.pk, cast.door_of(cast.compound, "1-2-101").pk)])
    assert outcome(cast, "1-2-101") == "registered"


def test_a_row_put_right_before_the_log_counts_waits_with_it(cast: Cast) -> None:
    log = taken(cast, line("1--101", "登记"), line("1-1-102", "没人")).log
    storing.settle(cast.director, log.pk, [Right(row_of(cast, log, 2).pk, cast.door.pk)])
    assert attempts(cast) == 0
    assert storing.accept(cast.director, log.pk) == 2


def test_rows_that_are_no_rows_are_counted_as_such(cast: Cast) -> None:
    log = taken(cast, line("1--101", "登记"), line("1-1-102", "没人")).log
    storing.settle(cast.director, log.pk, [Right(row_of(cast, log, 2).pk)])
    assert (account(cast, log).no_data, account(cast, log).parked) == (2, 0)


def test_a_word_is_explained_once_for_all_rows_and_for_logs_to_come(cast: Cast) -> None:
    log = taken(cast, line("1-1-101", "见人下菜"), line("1-1-102", "见人下菜！"), line("1-9-101", "见人下菜")).log
    storing.accept(cast.director, log.pk)
    meaning = Heard(Result.REGISTERED, Channel.INTERCOM)

    assert settling.settle_word(cast.typist, log.pk, row_of(cast, log, 2).pk, meaning) == 2

    assert (outcome(cast, "1-1-101"), outcome(cast, "1-1-102")) == ("registered", "registered")
    assert account(cast, log).parked == 1  # of which the door is missing too
    following = taken(cast, line("1-1-201", "见人下菜"), line("1-1-202", "没人"), name="第二天.csv").log
    assert states(cast, following) == [("placed", ""), ("placed", "")]
    storing.accept(cast.director, following.pk)
    with scope.enter(cast.director):
        assert Attempt.objects.get(source_id=row_of(cast, following, 2).pk).channel == Channel.INTERCOM


def test_rows_are_tried_again_when_more_doors_are_known(cast: Cast) -> None:
    log = taken(cast, line("1-1-101", "登记"), line("1-1-901", "登记"), line("1-1-902", "没人")).log
    storing.accept(cast.director, log.pk)
    assert storing.try_again(cast.director, log.pk) == 0

    add_door(cast.director, building_id=cast.building.pk, text="1-1-901")

    assert storing.try_again(cast.director, log.pk) == 1
    assert outcome(cast, "1-1-901") == "registered"
    assert account(cast, log).parked == 1


def test_an_attempt_known_to_the_day_is_kept_so(cast: Cast) -> None:
    log = taken(cast, line("1-1-101", "没人", ""), line("1-1-102", "没人", "上午")).log
    storing.accept(cast.director, log.pk)
    with scope.enter(cast.director):
        found = Attempt.objects.order_by("happened_at").values_list("happened_precision", flat=True)
        assert set(found) == {Precision.DAY, Precision.HALF_DAY}


def test_today_noted_without_a_time_is_not_in_the_future(cast: Cast) -> None:
    morning = timezone.localtime(clock.now()).replace(hour=8, minute=0)
    with patch.object(clock, "now", lambda: morning):
        log = taken(cast, line("1-1-101", "没人", "", day=f"{morning:%Y-%m-%d}")).log
        assert states(cast, log) == [("placed", "")]
        storing.accept(cast.director, log.pk)


def test_what_is_no_log_is_refused(cast: Cast) -> None:
    content = "房号,户主,电话\n1-1-101,王敏,13912345678\n".encode()
    with pytest.raises(NoLog):
        storing.take_in(
            cast.director, community_path=COMMUNITY, name="x.csv", content=content, sheets=tables.read(content)
        )


def test_only_clerks_and_the_director_of_the_place_bring_logs_in(cast: Cast) -> None:
    content = f"{HEAD}\n{line('1-1-101', '登记')}".encode()

    def bring(by: object, path: str = COMMUNITY) -> None:
        storing.take_in(by, community_path=path, name="x.csv", content=content, sheets=tables.read(content))  # type: ignore[arg-type]

    for person in (cast.worker, cast.clerk, cast.county_officer, cast.lapsed):
        with pytest.raises((Forbidden, NotFound)):
            bring(person)
    with pytest.raises((Forbidden, NotFound)):
        bring(cast.director, COMMUNITY_ELSEWHERE)
    log = taken(cast, line("1-1-101", "登记")).log
    with scope.enter(cast.worker_elsewhere), pytest.raises(NotFound):
        selectors.log_for(cast.worker_elsewhere, log.pk)


def test_a_door_elsewhere_puts_no_row_right(cast: Cast) -> None:
    log = taken(cast, line("1--101", "登记"), line("1-1-102", "没人")).log
    with pytest.raises(NotFound):
        storing.settle(cast.director, log.pk, [Right(row_of(cast, log, 2).pk, cast.door_elsewhere.pk)])


def test_rows_and_steps_are_never_changed(cast: Cast) -> None:
    log = taken(cast, line("1-1-101", "登记")).log
    storing.accept(cast.director, log.pk)
    with scope.enter(cast.director), pytest.raises(ProgrammingError), transaction.atomic():
        LogStep.objects.all().delete()
    with scope.enter(cast.director), pytest.raises(ProgrammingError), transaction.atomic():
        LogRow.objects.filter(log=log).update(state=RowState.PARKED)


def test_nothing_personal_lies_in_clear(cast: Cast) -> None:
    log = taken(cast, line("1-1-101", "登记", note="刘有才2口人"), line("1-1-102", "刘有才说不行不行")).log
    with scope.enter(cast.director):
        rows = LogRow.objects.filter(log=log)
        for row in rows:
            assert "刘有才".encode() not in bytes(row.sealed) + bytes(row.word)
        assert "走访".encode() not in bytes(LogFile.objects.get(pk=log.pk).sealed)
    assert clock.now() - log.recorded_at < timedelta(minutes=5)
