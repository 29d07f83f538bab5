"""The pages of logs: bringing one in, what waits, putting it right, taking it back."""

import io
import re
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from firstline.census.logs import background, selectors
from firstline.census.logs.selectors import LogState
from firstline.census.logs.tests.logs import line, log_of, taken, yesterday
from firstline.census.models import DoorState, LogFile, LogRow
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.testing.cast import Cast
from firstline.testing.queue import work_off


def state(cast: Cast, log: LogFile) -> LogState:
    with scope.enter(cast.director):
        return selectors.state_of(selectors.log_for(cast.director, log.pk))


def outcomes(cast: Cast) -> dict[str, str]:
    with scope.enter(cast.director):
        return dict(DoorState.objects.values_list("door__label", "outcome"))


def text_of(client: Client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url).content.decode())


def test_a_file_is_brought_in_and_shown_before_it_counts(cast: Cast, statement_budget: Budget) -> None:
    client = cast.typist.client()
    content = log_of(line("1-1-101", "登记", note="刘有才2口人 13912345678"), line("1--102", "没人"))
    answer = client.post(reverse("census:logs"), {"file": SimpleUploadedFile("走访.csv", content)})
    assert answer.status_code == 303

    with statement_budget("census.log"):
        page = text_of(client, answer["Location"])
    assert "枫林苑 1-1-101" in page
    assert "刘有才" in page
    assert "13912345678" not in page
    assert outcomes(cast) == {}
    with statement_budget("census.logs"):
        assert "走访.csv" in text_of(client, reverse("census:logs"))


def test_what_is_no_log_is_told_and_nothing_is_kept(cast: Cast) -> None:
    with translation.override("en"):
        answer = cast.typist.client().post(
            reverse("census:logs"),
            {"file": SimpleUploadedFile("x.csv", "房号,户主\n1-1-101,王敏\n".encode())},
            headers={"accept-language": "en"},
        )
    assert answer.status_code == 422
    with scope.enter(cast.director):
        assert not LogFile.objects.exists()


def test_accepted_it_counts_and_taken_back_it_counts_no_more(cast: Cast) -> None:
    log, client = taken(cast, line("1-1-101", "登记"), line("1-1-102", "没人")).log, cast.director.client()
    step = reverse("census:log_step", args=[log.pk])
    client.post(step, {"step": "accept"})
    assert outcomes(cast) == {"1-1-101": "registered", "1-1-102": "knocked1"}
    client.post(step, {"step": "take_back"})
    assert outcomes(cast) == {}
    assert state(cast, log) is LogState.TAKEN_BACK


def test_a_long_log_is_recorded_by_the_worker(cast: Cast, monkeypatch: object) -> None:
    log = taken(cast, line("1-1-101", "登记"), line("1-1-102", "没人")).log
    background.LONG_ROWS, before = 1, background.LONG_ROWS
    try:
        cast.director.client().post(reverse("census:log_step", args=[log.pk]), {"step": "accept"})
    finally:
        background.LONG_ROWS = before
    assert state(cast, log) is LogState.RECORDING
    assert [ended.status for ended in work_off()] == ["succeeded"]
    assert state(cast, log) is LogState.COUNTS
    assert outcomes(cast) == {"1-1-101": "registered", "1-1-102": "knocked1"}


def test_parked_rows_are_put_right_where_they_stand(cast: Cast) -> None:
    log = taken(
        cast,
        line("1--101", "登记"),
        line("1-1-102", "见人下菜"),
        line("1-1-201", "没人", day="前天"),
        line("9-1-901", "没人"),
        line("1-1-202", "没人"),
    ).log
    client, rows = cast.typist.client(), {}
    with scope.enter(cast.director):
        rows = {row.number: row.pk for row in LogRow.objects.filter(log=log)}
    client.post(reverse("census:log_step", args=[log.pk]), {"step": "accept"})
    answer = client.post(
        reverse("census:log_settle", args=[log.pk]),
        {
            "row": [str(pk) for pk in rows.values()],
            f"typed-{rows[2]}": "1-1-101",
            f"result-{rows[3]}-1": "registered@intercom",
            f"when-{rows[4]}-1": f"{yesterday()} 9:40",
            f"typed-{rows[5]}": "8-8-888",
        },
    )
    assert answer.status_code == 422
    assert "8-8-888" in answer.content.decode()
    assert outcomes(cast) == {
        "1-1-101": "registered",
        "1-1-102": "registered",
        "1-1-201": "knocked1",
        "1-1-202": "knocked1",
    }
    client.post(reverse("census:log_settle", args=[log.pk]), {"row": [str(rows[5])], f"door-{rows[5]}": "none"})
    with scope.enter(cast.director):
        account = selectors.accounts_of([log])[log.pk]
    assert (account.placed, account.parked, account.no_data) == (4, 0, 2)


def test_one_answer_explains_a_word_and_can_be_taken_back(cast: Cast) -> None:
    log, client = (
        taken(cast, line("1-1-101", "见人下菜"), line("1-1-102", "见人下菜"), line("1-1-201", "没人")).log,
        cast.typist.client(),
    )
    client.post(reverse("census:log_step", args=[log.pk]), {"step": "accept"})
    page = text_of(client, reverse("census:log", args=[log.pk]))
    row = re.search(r'name="row" value="([0-9a-f-]{36})"', page)
    assert row is not None
    client.post(reverse("census:log_word", args=[log.pk]), {"row": row[1], "result": "refused"})
    assert outcomes(cast) == {"1-1-101": "refused", "1-1-102": "refused", "1-1-201": "knocked1"}
    page = text_of(client, reverse("census:log", args=[log.pk]))
    decision = re.search(r'name="decision" value="([0-9a-f-]{36})"', page)
    assert decision is not None
    client.post(reverse("census:log_unsettle", args=[log.pk]), {"decision": decision[1]})
    assert outcomes(cast) == {"1-1-201": "knocked1"}


def test_a_log_brought_in_among_lists_is_known_for_one(cast: Cast) -> None:
    client = cast.typist.client()
    content = log_of(line("1-1-101", "登记"), line("1-1-102", "没人"))
    answer = client.post(reverse("registry:import_start"), {"file": SimpleUploadedFile("走访.csv", content)})
    with scope.enter(cast.director):
        log = LogFile.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("census:log", args=[log.pk]))


def test_a_log_among_files_of_the_command_line_waits_to_be_accepted(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "走访.csv"
    file.write_bytes(log_of(line("1-1-101", "登记"), line("1-1-102", "没人")))
    said = io.StringIO()
    call_command("import", str(file), "--as", "typist", stdout=said)
    with scope.enter(cast.director):
        log = LogFile.objects.get()
    assert reverse("census:log", args=[log.pk]) in said.getvalue()
    assert state(cast, log) is LogState.REVIEW
