"""Marked names and numbers go through every feature; afterwards no file, dump, log or temporary folder shows them.

Whoever builds a feature that takes personal data adds it to ``_sing``. A control row proves that the search would find
what lies in clear.
"""

import io
import logging
import os
import random
import re
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firstline.accounts import actions as accounts
from firstline.accounts.roles import Role
from firstline.census.models import RecheckBuilding, SelfReport
from firstline.census.online.actions import open_links
from firstline.census.online.intake import new_token
from firstline.census.paper.actions import print_sheets
from firstline.census.paper.numbers import number_of
from firstline.census.questions.actions import choose_questions
from firstline.census.questions.tests.sheets import a_set
from firstline.census.questions.tests.test_pictures import photograph
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.places import actions as places
from firstline.places.models import Contact, Door
from firstline.registry.background import LONG_ROWS
from firstline.registry.models import LooseFile, SourceFile
from firstline.testing.cast import COUNTY, Cast
from firstline.testing.queue import waiting, work_off

pytestmark = pytest.mark.django_db(transaction=True)

# Seldom used characters of names: by chance they stand nowhere else.
_RARE = "骉羴猋麤鱻焱垚淼犇掱囍喆嚞"
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "unicode_escape")


class Marks:
    """One run's marks, each of them new, so that nothing left by an earlier run is found."""

    def __init__(self) -> None:
        dice = random.SystemRandom()

        def name() -> str:
            return "".join(dice.sample(_RARE, 3))

        def digits(count: int) -> str:
            return "".join(dice.choices("0123456789", k=count))

        self.listed, self.visited, self.staff, self.contact = name(), name(), name(), name()
        self.note, self.remark, self.file, self.typed = (f"{name()}{name()}" for _ in range(4))
        self.loose, self.heading, self.drafted, self.put_right, self.on_paper, self.compared = (
            name() for _ in range(6)
        )
        self.queued, self.queued_file, self.queued_phone = name(), f"{name()}{name()}", f"135{digits(8)}"
        self.listed_phone, self.visited_phone = f"139{digits(8)}", f"138{digits(8)}"
        self.staff_phone, self.contact_phone = f"137{digits(8)}", f"136{digits(8)}"
        self.document = f"142302{digits(12)}"
        self.pasted, self.registered, self.commanded, self.commanded_file = (name() for _ in range(4))
        self.on_form, self.form_note, self.called, self.caller_phone = name(), name(), name(), f"134{digits(8)}"
        self.found_again, self.found_note, self.decided = (name() for _ in range(3))
        self.reported, self.reported_note, self.reported_door = name(), f"{name()}{name()}", f"{name()}{name()}"
        self.reported_phone = f"139{digits(8)}"
        self.answered, self.pictured = name(), f"MARK{digits(8)}"
        self.control = name()

    @property
    def secret(self) -> list[str]:
        return [value for key, value in vars(self).items() if key != "control"]


def test_personal_data_lies_nowhere_in_clear(cast: Cast) -> None:
    marks, started = Marks(), time.time()
    with _logged() as log:
        _sing(cast, marks)
    _checkpoint()
    haystacks = [("the log", log.getvalue().encode()), ("a dump", _dump()), *_files(started)]
    assert not list(_found(marks.secret, haystacks))


def test_the_search_finds_what_lies_in_clear(cast: Cast) -> None:
    marks = Marks()
    places.create_compound(cast.director, community_path=cast.compound.place.path[:12], name=marks.control)
    _checkpoint()
    where = {place for place, _ in _found([marks.control], [("a dump", _dump()), *_files(time.time() - 3600)])}
    assert "a dump" in where
    assert any("base" in place for place in where), "the table's own file"


def _sing(cast: Cast, marks: Marks) -> None:
    """Use everything there is, with marks wherever a person's data can be typed."""
    person = accounts.enrol_person(
        console(), name=marks.staff, phone=marks.staff_phone, home_path=cast.compound.place.path[:12]
    )
    accounts.grant_role(console(), person_id=person.pk, role=Role.GRID_WORKER, path=cast.compound.place.path)
    profile = places.Profile(company="天和物业", contacts=[Contact(marks.contact, marks.contact_phone)])
    places.describe_compound(cast.director, compound_id=cast.compound.pk, profile=profile)
    director = cast.director.client()
    _bring_in_a_list(director, cast, marks)
    _bring_in_a_long_list(director, cast, marks)
    _bring_in_otherwise(director, cast, marks)
    _visit(director, cast, marks)
    _type_a_form_in(director, cast, marks)
    _take_a_call(director, cast, marks)
    _walk_again(director, cast, marks)
    _report_online(director, cast, marks)
    for text in (
        marks.listed,
        marks.listed_phone,
        marks.listed_phone[-4:],
        marks.document,
        marks.typed,
        marks.put_right,
    ):
        _ok(director.get(reverse("registry:search"), {"q": text}))
        _ok(director.post(reverse("registry:search"), {"q": text}))
    for url in ("gaps:home", "places:compounds", "registry:lists", "audit:ledger"):
        _ok(director.get(reverse(url)))
    _leave_the_desk(cast.worker.client(), cast, marks)
    _ok(Client().post(reverse("account_login"), {"login": marks.typed, "password": marks.typed}))
    _ok(Client().post(reverse("account_login"), {"login": "director", "password": marks.typed}))


def _type_a_form_in(director: Client, cast: Cast, marks: Marks) -> None:
    """A form, once with a line that says nothing and is shown again, then as it is filed."""
    batch = print_sheets(
        cast.director, kind="form", path=cast.compound.place.path, door_ids=[cast.door_of(cast.compound, "1-2-101").pk]
    )
    form = {"number": number_of(batch.first), "note": marks.form_note, "result": "form_returned"}
    director.post(reverse("census:paper-pile"), {**form, "lines": f"{marks.on_form} 男\n56 男"})
    _ok(director.post(reverse("census:paper-reading"), {"lines": marks.on_form}))
    _ok(director.post(reverse("census:paper-pile"), {**form, "lines": f"{marks.on_form} 男 56"}, follow=True))


def _take_a_call(director: Client, cast: Cast, marks: Marks) -> None:
    """A call, looked for by number and name, then written down."""
    taken = director.post(reverse("census:callback-log"), {"number": marks.caller_phone, "how": "taken"})
    for text in (marks.on_form, marks.caller_phone):
        _ok(director.post(taken["Location"], {"q": text, "find": "1"}))
    door = str(cast.door_of(cast.compound, "1-2-102").pk)
    said = {"door": door, "lines": f"{marks.called} 女 33", "note": marks.form_note, "result": "registered"}
    _ok(director.post(taken["Location"], said, follow=True))
    missed = director.post(reverse("census:callback-log"), {"number": marks.caller_phone, "how": "missed"}, follow=True)
    _ok(missed)


def _walk_again(director: Client, cast: Cast, marks: Marks) -> None:
    """A building drawn, enumerated again by somebody else, compared, and a difference decided."""
    _ok(director.post(reverse("census:recheck"), {"half": "0.02", "by": "management"}))
    with scope.enter(cast.director):
        drawn = RecheckBuilding.objects.get(building=cast.building, drawn=True)
    given = {f"person-{drawn.pk}": str(cast.worker_next.person_id), "due": timezone.localdate().isoformat()}
    _ok(director.post(reverse("census:recheck_assign", args=[drawn.recheck_id]), given))
    again = cast.worker_next.client()
    found = {"living": "lived_in", "names": marks.found_again, "note": marks.found_note}
    _ok(again.post(reverse("census:recheck_finding", args=[drawn.pk]), {"text": "1-1-901", **found}))
    _ok(again.post(reverse("census:recheck_finding", args=[drawn.pk]), {"label": cast.door.label, **found}))
    _ok(again.get(reverse("census:recheck_finding", args=[drawn.pk]), {"label": cast.door.label}))
    _ok(again.post(reverse("census:recheck_close", args=[drawn.pk])))
    differences: Any = director.get(reverse("census:recheck_differences", args=[drawn.pk]))
    for line in differences.context["undecided"]:
        decision = {
            "kind": line.kind,
            "label": line.label,
            "name": line.name,
            "verdict": "recheck",
            "why": marks.decided,
        }
        _ok(director.post(reverse("census:recheck_decide", args=[drawn.pk]), decision))
    _ok(director.get(reverse("census:recheck_figures", args=[drawn.recheck_id])))


def _bring_in_a_list(director: Client, cast: Cast, marks: Marks) -> None:
    rows = (
        f"门牌,姓名,电话,身份证号,备注\n1-1-101,{marks.listed},{marks.listed_phone},{marks.document},{marks.remark}\n"
        f"无门,{marks.listed},,,\n"
    )
    upload = SimpleUploadedFile(f"{marks.file}.csv", rows.encode("gb18030"))
    _ok(director.post(reverse("registry:import_start"), {"file": upload, "compound": str(cast.compound.pk)}))
    file = _only_file(cast)
    _ok(director.get(reverse("registry:review", args=[file])))
    _ok(director.post(reverse("registry:show_numbers", args=[file])))
    _ok(director.post(reverse("registry:accept", args=[file])))
    _put_a_row_right(director, file, marks)
    _ok(director.get(reverse("registry:undo", args=[file])))
    _bring_in_what_asks(director, cast, marks)
    _type_a_list(director, cast, marks)


def _report_online(director: Client, cast: Cast, marks: Marks) -> None:
    """From the public page: placed at once, parked, corrected by code, and a clerk's look at it."""
    (link,) = open_links(cast.director, place_ids=[cast.compound.pk])
    page, household = reverse("census:report", args=[link.code]), Client()
    said = {
        "1-name": marks.reported,
        "1-phone": marks.reported_phone,
        "1-id": marks.document,
        "note": marks.reported_note,
    }
    for door in ({"building": "1", "unit": "1", "room": "102"}, {"address": marks.reported_door}):
        for step in ({"step": "more"}, {"confirmed": "1"}):
            answer = household.post(page, {"token": new_token(link.code), **said, **door, **step})
            _ok(answer)
    (code,) = re.findall(r'class="fl-code">([^<]+)<', answer.content.decode())
    _ok(household.post(reverse("census:report_back", args=[link.code]), {"household_code": code}))
    for url in ("census:reports", "census:online"):
        _ok(director.get(reverse(url)))
    with scope.enter(cast.director):
        parked = SelfReport.objects.exclude(parked_for="").get().pk
    _ok(director.post(reverse("census:report_numbers", args=[parked])))
    _ok(director.post(reverse("census:report_place", args=[parked]), {"text": "1-1-201"}))


def _put_a_row_right(director: Client, file: uuid.UUID, marks: Marks) -> None:
    """The row without a door: kept while it is typed, checked, filed."""
    aside = reverse("registry:aside", args=[file])
    (row,) = re.findall(r'name="row" value="([0-9a-f-]{36})"', director.get(aside).content.decode())
    line = {"row": row, "what": "typed", "building": "4", "unit": "1", "room": "101", "people": marks.drafted}
    for step in ("draft", "check"):
        _ok(director.post(aside, {**line, "step": step}))
    _ok(director.post(aside, {**line, "people": f"{marks.put_right} {marks.visited_phone}", "step": "file"}))


def _bring_in_what_asks(director: Client, cast: Cast, marks: Marks) -> None:
    """A file that names no compound, filed by hand; its columns chosen; compared with the one before; taken back."""
    rows = f"甲{marks.heading},乙,丙\n1-1-101,{marks.compared},{marks.listed_phone}\n"
    upload = SimpleUploadedFile(f"{marks.loose}.csv", rows.encode("gb18030"))
    _ok(director.post(reverse("registry:import_start"), {"file": upload, "compound": ""}))
    with scope.enter(cast.director):
        loose = LooseFile.objects.get().pk
    _ok(director.get(reverse("registry:lists")))
    _ok(director.post(reverse("registry:file_loose"), {f"compound-{loose}": str(cast.compound.pk)}))
    with scope.enter(cast.director):
        file = SourceFile.objects.filter(compound=cast.compound, decision=None).get().pk
    _ok(director.get(reverse("registry:columns", args=[file])))
    heads = [f"甲{marks.heading}", "乙", "丙"]
    chosen = {"sheet": "1", "header_row-1": "1", "header-1": heads, "column-1": ["door", "name", "phone"]}
    answer = director.post(reverse("registry:columns", args=[file]), chosen)
    _ok(answer)
    again = uuid.UUID(answer["Location"].strip("/").rpartition("/")[2])
    _ok(director.get(reverse("registry:changes", args=[again])))
    _ok(director.post(reverse("registry:accept", args=[again])))
    _ok(director.post(reverse("registry:undo", args=[again])))


def _type_a_list(director: Client, cast: Cast, marks: Marks) -> None:
    typed = reverse("registry:typed", args=[cast.compound.pk])
    line = {"building": "5", "unit": "1", "room": "101", "name": marks.on_paper, "remark": marks.remark}
    line |= {"relation": "户主", "phone": marks.visited_phone, "id_number": marks.document}
    for step in ("draft", "check", "file"):
        _ok(director.post(typed, {**line, "step": step}))


def _bring_in_a_long_list(director: Client, cast: Cast, marks: Marks) -> None:
    """Through the queue, and once more as something that is no list."""
    rows = "\n".join(f"2-1-{at},{marks.queued},{marks.queued_phone}" for at in range(100, 101 + LONG_ROWS))
    for content in (f"门牌,姓名,电话\n{rows}\n".encode(), b"\x89PNG" + b"\n" * (LONG_ROWS + 1)):
        upload = SimpleUploadedFile(f"{marks.queued_file}.csv", content)
        answer = director.post(
            reverse("registry:import_start"), {"file": upload, "compound": str(cast.compound_next.pk)}
        )
        _ok(answer)
        _ok(director.get(answer["Location"]))
    assert marks.queued not in str(waiting())
    assert {ended.status for ended in work_off()} == {"succeeded", "failed"}
    _ok(director.get(answer["Location"]))
    _ok(director.get(reverse("registry:lists")))


def _bring_in_otherwise(director: Client, cast: Cast, marks: Marks) -> None:
    """Pasted out of a chat; by the command line; and a police register, of which only the doors are kept."""
    pasted = f"接龙\n1. 1-1-101 {marks.pasted} 3人 {marks.listed_phone}\n2. 1-1-102 {marks.pasted} 2人\n"
    _ok(director.post(reverse("registry:import_start"), {"pasted": pasted, "compound": str(cast.compound_next.pk)}))
    register = f"姓名,身份证号,现住址\n{marks.registered},{marks.document},龙凤南大街84号枫林苑8号楼1单元101室\n"
    with tempfile.TemporaryDirectory(prefix="canary-") as folder:
        brought, police = Path(folder) / f"{marks.commanded_file}.csv", Path(folder) / "register.csv"
        brought.write_text(f"门牌,姓名\n6-1-101,{marks.commanded}\n", encoding="utf-8")
        police.write_text(register, encoding="utf-8")
        said = io.StringIO()
        call_command("import", str(brought), compound=cast.compound.place.name, stdout=said)
        call_command("propose_doors", cast.compound.place.path[:12], police=[police], keys=[], visits=[], stdout=said)


def _only_file(cast: Cast) -> uuid.UUID:
    with scope.enter(cast.director):
        return SourceFile.objects.get(compound=cast.compound).pk


def _visit(director: Client, cast: Cast, marks: Marks) -> None:
    door = Door.id_for(cast.compound.pk, "1-1-101")
    line = f"{marks.visited} 男 56 户主 {marks.visited_phone}"
    _ok(director.get(reverse("census:door", args=[door])))
    _ok(director.post(reverse("census:reading", args=[door]), {"line": line}))
    visit = {"result": "registered", "line": [line, ""], "note": marks.note, "step": "done"}
    _ok(director.post(reverse("census:record", args=[door]), visit))
    _ok(director.post(reverse("registry:numbers", args=[door])))
    _ok(director.get(reverse("census:door", args=[door])))
    _answer_questions(director, cast, marks)
    _ok(director.get(reverse("census:compound", args=[cast.compound.pk])))


def _answer_questions(director: Client, cast: Cast, marks: Marks) -> None:
    """An answer, and a picture whose camera wrote beside it."""
    asked = uploaded(cast.county_officer, a_set(("text", "who", "谁照看")), COUNTY)
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=asked.pk)
    door = Door.id_for(cast.compound.pk, "1-1-101")
    picture = photograph((60, 40)).replace(b"MARKED-MAKER", marks.pictured.encode())
    visit = {"result": "partial", "line": marks.visited, "step": "done", "questions": str(asked.pk)}
    taken = SimpleUploadedFile(f"{marks.pictured}.jpg", picture)
    _ok(director.post(reverse("census:record", args=[door]), {**visit, "q.who": marks.answered, "picture": taken}))
    page = director.get(reverse("census:door", args=[door])).content.decode()
    assert marks.answered in page
    _ok(director.get(re.findall(r'href="(/photos/[^"]+)"', page)[0]))


def _leave_the_desk(worker: Client, cast: Cast, marks: Marks) -> None:
    """Locked in the middle of a visit: what was typed rides along in the browser, a password in nobody's log."""
    worker.post(reverse("accounts:lock"), {"quiet": "1"})
    visit = {"result": "registered", "line": marks.visited, "note": marks.note, "step": "done"}
    record = reverse("census:record", args=[Door.id_for(cast.compound.pk, "1-1-102")])
    locked = worker.post(record, visit, headers={"origin": "http://testserver"})
    assert locked.status_code == 423
    carried = locked.context["carried"]
    for password in (marks.typed, cast.password):
        worker.post(reverse("accounts:unlock"), {"password": password, "carried": carried})
    _ok(worker.get(reverse("gaps:home")))


def _ok(response: object) -> None:
    """Asked for and answered; what an error page would hide is not what this test is about."""
    status = getattr(response, "status_code", 0)
    assert status < 400, f"{status} for {getattr(response, 'request', {}).get('PATH_INFO')}"


def _logged() -> "_Log":
    return _Log()


class _Log:
    """Everything the program logs, as its own formatter writes it."""

    def __enter__(self) -> io.StringIO:
        stream = io.StringIO()
        self.handler = logging.StreamHandler(stream)
        formatters = [handler.formatter for handler in logging.getLogger().handlers if handler.formatter]
        if formatters:
            self.handler.setFormatter(formatters[0])
        self.loggers = [
            logging.getLogger(name) for name in ("", "django", "django.request", "firstline", "firstline.requests")
        ]
        for logger in self.loggers:
            logger.addHandler(self.handler)
        return stream

    def __exit__(self, *problem: object) -> None:
        for logger in self.loggers:
            logger.removeHandler(self.handler)


def _checkpoint() -> None:
    """Have everything written to the files; as the superuser, whom only the harness's throw-away cluster lets in."""
    dsn = settings.TEST_CLUSTER.dsn("postgres", str(settings.DATABASES["default"]["NAME"]))
    with psycopg.connect(dsn, autocommit=True) as superuser:
        superuser.execute("CHECKPOINT")


def _dump() -> bytes:
    cluster, name = settings.TEST_CLUSTER, str(settings.DATABASES["default"]["NAME"])
    program = cluster.binaries.program("pg_dump")
    command = [program, "--inserts", "-d", cluster.dsn("postgres", name)]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def _files(since: float) -> Iterator[tuple[str, bytes]]:
    """Every file of the cluster (tables, log of writes, sort files) and what the temporary folder got since."""
    for path in settings.TEST_CLUSTER.data.rglob("*"):
        yield from _content(path)
    for path in Path(tempfile.gettempdir()).glob("tmp*"):
        if path.stat().st_uid == os.getuid() and path.stat().st_mtime >= since:
            yield from _content(path)


def _content(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_file():
            yield str(path), path.read_bytes()
    except FileNotFoundError:
        return  # PostgreSQL took it away meanwhile


def _found(marks: Iterable[str], haystacks: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """Where which mark stands, in any encoding that a file or a dump may have."""
    needles = [(mark, mark.encode(encoding)) for mark in marks for encoding in _ENCODINGS]
    for place, content in haystacks:
        for mark, needle in needles:
            if needle in content:
                yield place, mark
