"""Marked names and numbers go through every feature; afterwards no file, dump, log or temporary folder shows them.

Whoever builds a feature that takes personal data adds it to ``_sing``. A control row proves that the search would find
what lies in clear.
"""

import io
import logging
import os
import re
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from firstline.accounts import actions as accounts
from firstline.accounts.roles import Role
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.places import actions as places
from firstline.places.models import Contact, Door
from firstline.registry.background import LONG_ROWS
from firstline.registry.models import LooseFile, SourceFile
from firstline.testing.cast import Cast
from firstline.testing.queue import waiting, work_off
from firstline.web.tests.canary import (
    Marks,
    answer_questions,
    ok,
    report_online,
    take_a_call,
    tell_a_group,
    type_a_form_in,
    walk_again,
)

pytestmark = pytest.mark.django_db(transaction=True)

# Seldom used characters of names: by chance they stand nowhere else.
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "unicode_escape")


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
        console(),
        name=marks.staff,
        phone=marks.staff_phone,
        email=marks.staff_email,
        home_path=cast.compound.place.path[:12],
    )
    accounts.grant_role(console(), person_id=person.pk, role=Role.GRID_WORKER, path=cast.compound.place.path)
    profile = places.Profile(company="天和物业", contacts=[Contact(marks.contact, marks.contact_phone)])
    places.describe_compound(cast.director, compound_id=cast.compound.pk, profile=profile)
    director = cast.director.client()
    _bring_in_a_list(director, cast, marks)
    _bring_in_a_long_list(director, cast, marks)
    _bring_in_otherwise(director, cast, marks)
    _visit(director, cast, marks)
    type_a_form_in(director, cast, marks)
    take_a_call(director, cast, marks)
    walk_again(director, cast, marks)
    report_online(director, cast, marks)
    tell_a_group(director, person.pk, marks)
    for text in (
        marks.listed,
        marks.listed_phone,
        marks.listed_phone[-4:],
        marks.document,
        marks.typed,
        marks.put_right,
    ):
        ok(director.get(reverse("registry:search"), {"q": text}))
        ok(director.post(reverse("registry:search"), {"q": text}))
    for url in ("gaps:home", "places:compounds", "registry:lists", "audit:ledger"):
        ok(director.get(reverse(url)))
    _leave_the_desk(cast.worker.client(), cast, marks)
    ok(Client().post(reverse("account_login"), {"login": marks.typed, "password": marks.typed}))
    ok(Client().post(reverse("account_login"), {"login": "director", "password": marks.typed}))


def _bring_in_a_list(director: Client, cast: Cast, marks: Marks) -> None:
    rows = (
        f"门牌,姓名,电话,身份证号,备注\n1-1-101,{marks.listed},{marks.listed_phone},{marks.document},{marks.remark}\n"
        f"无门,{marks.listed},,,\n"
    )
    upload = SimpleUploadedFile(f"{marks.file}.csv", rows.encode("gb18030"))
    ok(director.post(reverse("registry:import_start"), {"file": upload, "compound": str(cast.compound.pk)}))
    file = _only_file(cast)
    ok(director.get(reverse("registry:review", args=[file])))
    ok(director.post(reverse("registry:show_numbers", args=[file])))
    ok(director.post(reverse("registry:accept", args=[file])))
    _put_a_row_right(director, file, marks)
    ok(director.get(reverse("registry:undo", args=[file])))
    _bring_in_what_asks(director, cast, marks)
    _type_a_list(director, cast, marks)


def _put_a_row_right(director: Client, file: uuid.UUID, marks: Marks) -> None:
    """The row without a door: kept while it is typed, checked, filed."""
    aside = reverse("registry:aside", args=[file])
    (row,) = re.findall(r'name="row" value="([0-9a-f-]{36})"', director.get(aside).content.decode())
    line = {"row": row, "what": "typed", "building": "4", "unit": "1", "room": "101", "people": marks.drafted}
    for step in ("draft", "check"):
        ok(director.post(aside, {**line, "step": step}))
    ok(director.post(aside, {**line, "people": f"{marks.put_right} {marks.visited_phone}", "step": "file"}))


def _bring_in_what_asks(director: Client, cast: Cast, marks: Marks) -> None:
    """A file that names no compound, filed by hand; its columns chosen; compared with the one before; taken back."""
    rows = f"甲{marks.heading},乙,丙\n1-1-101,{marks.compared},{marks.listed_phone}\n"
    upload = SimpleUploadedFile(f"{marks.loose}.csv", rows.encode("gb18030"))
    ok(director.post(reverse("registry:import_start"), {"file": upload, "compound": ""}))
    with scope.enter(cast.director):
        loose = LooseFile.objects.get().pk
    ok(director.get(reverse("registry:lists")))
    ok(director.post(reverse("registry:file_loose"), {f"compound-{loose}": str(cast.compound.pk)}))
    with scope.enter(cast.director):
        file = SourceFile.objects.filter(compound=cast.compound, decision=None).get().pk
    ok(director.get(reverse("registry:columns", args=[file])))
    heads = [f"甲{marks.heading}", "乙", "丙"]
    chosen = {"sheet": "1", "header_row-1": "1", "header-1": heads, "column-1": ["door", "name", "phone"]}
    answer = director.post(reverse("registry:columns", args=[file]), chosen)
    ok(answer)
    again = uuid.UUID(answer["Location"].strip("/").rpartition("/")[2])
    ok(director.get(reverse("registry:changes", args=[again])))
    ok(director.post(reverse("registry:accept", args=[again])))
    ok(director.post(reverse("registry:undo", args=[again])))


def _type_a_list(director: Client, cast: Cast, marks: Marks) -> None:
    typed = reverse("registry:typed", args=[cast.compound.pk])
    line = {"building": "5", "unit": "1", "room": "101", "name": marks.on_paper, "remark": marks.remark}
    line |= {"relation": "户主", "phone": marks.visited_phone, "id_number": marks.document}
    for step in ("draft", "check", "file"):
        ok(director.post(typed, {**line, "step": step}))


def _bring_in_a_long_list(director: Client, cast: Cast, marks: Marks) -> None:
    """Through the queue, and once more as something that is no list."""
    rows = "\n".join(f"2-1-{at},{marks.queued},{marks.queued_phone}" for at in range(100, 101 + LONG_ROWS))
    for content in (f"门牌,姓名,电话\n{rows}\n".encode(), b"\x89PNG" + b"\n" * (LONG_ROWS + 1)):
        upload = SimpleUploadedFile(f"{marks.queued_file}.csv", content)
        answer = director.post(
            reverse("registry:import_start"), {"file": upload, "compound": str(cast.compound_next.pk)}
        )
        ok(answer)
        ok(director.get(answer["Location"]))
    assert marks.queued not in str(waiting())
    assert {ended.status for ended in work_off()} == {"succeeded", "failed"}
    ok(director.get(answer["Location"]))
    ok(director.get(reverse("registry:lists")))


def _bring_in_otherwise(director: Client, cast: Cast, marks: Marks) -> None:
    """Pasted out of a chat; by the command line; and a police register, of which only the doors are kept."""
    pasted = f"接龙\n1. 1-1-101 {marks.pasted} 3人 {marks.listed_phone}\n2. 1-1-102 {marks.pasted} 2人\n"
    ok(director.post(reverse("registry:import_start"), {"pasted": pasted, "compound": str(cast.compound_next.pk)}))
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
    ok(director.get(reverse("census:door", args=[door])))
    ok(director.post(reverse("census:reading", args=[door]), {"line": line}))
    visit = {"result": "registered", "line": [line, ""], "note": marks.note, "step": "done"}
    ok(director.post(reverse("census:record", args=[door]), visit))
    ok(director.post(reverse("registry:numbers", args=[door])))
    ok(director.get(reverse("census:door", args=[door])))
    answer_questions(director, cast, marks)
    ok(director.get(reverse("census:compound", args=[cast.compound.pk])))


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
    ok(worker.get(reverse("gaps:home")))


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
