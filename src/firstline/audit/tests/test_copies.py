"""Copies of the ledger: what stands in them, how they are told apart, and that nothing of them stays here."""

import csv
import io
import random
import tempfile
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from firstline.audit import actions, selectors
from firstline.audit.actions import Copy, export_ledger
from firstline.audit.copies.files import written
from firstline.audit.copies.marks import UNBROKEN, Carried, agreement, bits, carried_by
from firstline.audit.copies.rows import BATCH, harmless
from firstline.audit.copies.tracing import trace
from firstline.audit.errors import CopyTooLong, NoCopy
from firstline.audit.models import Change, LedgerEntry
from firstline.audit.selectors import Chosen
from firstline.kernel import clock, crypto, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden
from firstline.kernel.keys import organisation_key
from firstline.testing.cast import Cast, Member

MANY = 60


def today() -> Chosen:
    """The acts of the day; in its first minutes also those of yesterday, where entries of a moment ago lie."""
    now = clock.now()
    day, began = timezone.localdate(now), timezone.localdate(now - timedelta(minutes=5))
    return Chosen(day=day, since=began if began < day else None)


def entries_of(cast: Cast, number: int, *, after: dict[str, Any] | None = None, sealed_for_all: bool = True) -> None:
    """So many acts of the worker's at the door, a quarter of a second apart."""
    now = clock.now()
    made = []
    for at in range(number):
        row = LedgerEntry(
            action="census.record_attempt",
            at=now - timedelta(milliseconds=250 * at),
            path=cast.door.path,
            actor_id=cast.worker.person_id,
            actor_label="grid1",
            subject_kind="places.door",
            subject_id=cast.door.pk,
        )
        row.seal(
            Change(None, after or {"note": f"第{at}次"}),
            organisation_key() if sealed_for_all else cast.emergency.key_id,
        )
        made.append(row)
    LedgerEntry.objects.bulk_create(made)


def copy_of(actor: Member, form: str = "csv", chosen: Chosen | None = None) -> tuple[Copy, bytes]:
    taken = export_ledger(actor, chosen=chosen or today(), form=form)
    return taken, b"".join(written(taken, form))


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def table_of(content: bytes) -> list[list[str]]:
    lines = lines_of(content)
    return lines[lines.index([]) + 2 :]


def kept(folder: Path, content: bytes, name: str = "file.csv") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def traced(file: Path) -> list[uuid.UUID]:
    with scope.enter(console()):
        return [one.entry.subject_id for one in trace(file)]


# --- What stands in it


def test_a_copy_says_whose_it_is_and_holds_every_entry(cast: Cast) -> None:
    entries_of(cast, BATCH * 2 + 3)
    taken, content = copy_of(cast.director)
    head = lines_of(content)[:5]
    assert "高秀兰（director）" in head[1][0]
    assert str(taken.id) in head[4][0]
    table = table_of(content)
    assert len(table) == taken.entries == BATCH * 2 + 3
    assert len({row[0] for row in table}) == len(table)
    assert [row[0] for row in table] == sorted((row[0] for row in table), reverse=True)
    assert {row[5] for row in table} == {"枫林苑 1-1-101"}


def test_the_spreadsheet_holds_the_same(cast: Cast) -> None:
    entries_of(cast, BATCH + 3)
    taken, content = copy_of(cast.director, "xlsx")
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    values = [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=8, values_only=True)]
    assert len(values) == taken.entries
    assert values[0][5] == "枫林苑 1-1-101"
    assert (book.properties.identifier, book.properties.creator) == (str(taken.id), "director")
    assert sheet.oddFooter is not None
    assert str(taken.id) in str(sheet.oddFooter.center.text)
    assert str(taken.id) in str(sheet["A5"].value)
    assert sheet.freeze_panes == "A8"


def test_taking_one_is_an_act_with_what_was_chosen(cast: Cast) -> None:
    entries_of(cast, 2)
    answer: Any = cast.director.client().post("/ledger/copy/", {"form": "xlsx", "action": "census.record_attempt"})
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    with scope.enter(console()):
        entry = LedgerEntry.objects.get(action=actions.EXPORT)
        assert (entry.actor_id, entry.is_look) == (cast.director.person_id, False)
        assert entry.open().after == {
            "day": str(timezone.localdate(clock.now())),
            "action": "census.record_attempt",
            "entries": 2,
            "file_kind": "xlsx",
        }


@pytest.mark.parametrize("name", ["worker", "typist", "clerk", "lapsed"])
def test_who_may_not_read_it_takes_none(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        export_ledger(getattr(cast, name), chosen=today(), form="csv")


def test_another_countys_entries_are_not_in_it(cast: Cast) -> None:
    entries_of(cast, 3)
    _taken, content = copy_of(cast.other_county_officer)
    assert table_of(content) == []


def test_what_names_residents_stays_closed_to_the_county(cast: Cast) -> None:
    entries_of(cast, 3, after={"note": "王建国"}, sealed_for_all=False)
    _taken, for_county = copy_of(cast.county_officer)
    assert "王建国" not in for_county.decode()
    _taken, for_community = copy_of(cast.director)
    assert for_community.decode().count("王建国") == 3


def test_another_form_is_refused(cast: Cast) -> None:
    assert cast.director.client().post("/ledger/copy/", {"form": "exe"}).status_code == 422


def test_too_long_a_copy_is_refused_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    entries_of(cast, 3)
    monkeypatch.setattr(actions, "MOST_ENTRIES", 2)
    with pytest.raises(CopyTooLong, match="3"):
        export_ledger(cast.director, chosen=today(), form="csv")


@pytest.mark.parametrize("note", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "\x0bx"])
def test_no_text_becomes_a_formula(cast: Cast, note: str) -> None:
    assert not harmless(note).startswith(tuple("=+-@＝＋－＠\t\r\n\x0b"))
    # Somebody may call a person of ours so.
    person = cast.worker.person
    details = person.open()
    details.name = note
    person.seal(details, organisation_key())
    person.save(update_fields=["sealed"])
    entries_of(cast, 1)
    for form in ("csv", "xlsx"):
        _taken, content = copy_of(cast.director, form, Chosen(day=today().day, action="census.record_attempt"))
        if form == "csv":
            (row,) = table_of(content)
            assert row[1].startswith("'") or note == "\x0bx"
        else:
            sheet: Any = load_workbook(io.BytesIO(content)).active
            assert [cell.data_type for cell in sheet[8]] == ["s"] * 6


@given(st.text())
def test_whatever_was_written_is_harmless(text: str) -> None:
    assert not harmless(text).startswith(tuple("=+-@＝＋－＠"))


def test_it_is_written_as_it_is_sent(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long, a batch is held and no more: asked for its first part, it has read one batch."""
    entries_of(cast, BATCH * 3)
    asked: list[int] = []
    read = selectors.entries_before

    def counted(*arguments: Any) -> list[LedgerEntry]:
        asked.append(1)
        return read(*arguments)

    monkeypatch.setattr(selectors, "entries_before", counted)
    for form, before_it in (("csv", 1), ("xlsx", 0)):
        asked.clear()
        parts = written(export_ledger(cast.director, chosen=today(), form=form), form)
        for _part in range(before_it + 1):
            next(parts)
        assert len(asked) == 1, form
        parts.close()  # type: ignore[attr-defined]  # a browser that goes away
        assert scope.current() is None


def test_nothing_of_it_stays_on_a_disk(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """openpyxl's temporary file, looked into when it is taken away, has no name and no entry in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    entries_of(cast, 5, after={"note": "王建国"}, sealed_for_all=False)
    seen: list[bytes] = []
    remove = __import__("os").remove

    def looking(path: str) -> None:
        seen.append(Path(path).read_bytes())
        remove(path)

    monkeypatch.setattr("os.remove", looking)
    copy_of(cast.director, "xlsx")
    assert seen
    assert not any(name.encode() in content for content in seen for name in ("王建国", "王海燕", "高秀兰"))
    assert list(tmp_path.iterdir()) == []


# --- Whose copy it is


@pytest.fixture
def two_copies(cast: Cast) -> tuple[tuple[Copy, bytes], tuple[Copy, bytes]]:
    """The director's and the county officer's copy of the same entries."""
    entries_of(cast, MANY)
    chosen = Chosen(day=today().day, action="census.record_attempt")
    return copy_of(cast.director, chosen=chosen), copy_of(cast.county_officer, chosen=chosen)


Two = tuple[tuple[Copy, bytes], tuple[Copy, bytes]]


def test_two_copies_look_alike_and_differ(two_copies: Two) -> None:
    (_first, one), (_second, other) = two_copies
    tables = [table_of(one), table_of(other)]
    assert tables[0] != tables[1]
    assert [[cell.replace(UNBROKEN, " ").strip() for cell in row] for row in tables[0]] == [
        [cell.replace(UNBROKEN, " ").strip() for cell in row] for row in tables[1]
    ]


def test_a_whole_file_names_its_copy(two_copies: Two, tmp_path: Path) -> None:
    for taken, content in two_copies:
        assert traced(kept(tmp_path, content)) == [taken.id]


def cut_off(table: list[list[str]]) -> list[list[str]]:
    return table


def shuffled(table: list[list[str]]) -> list[list[str]]:
    return random.Random(1).sample(table, len(table))


def half_of_them(table: list[list[str]]) -> list[list[str]]:
    return table[::2]


def other_columns(table: list[list[str]]) -> list[list[str]]:
    return [[row[5], row[3], row[0], row[1]] for row in table]


def trimmed(table: list[list[str]]) -> list[list[str]]:
    return [[cell.strip(" ") for cell in row] for row in table]


def common_spaces(table: list[list[str]]) -> list[list[str]]:
    return [[cell.replace(UNBROKEN, " ") for cell in row] for row in table]


@pytest.mark.parametrize("changed", [cut_off, shuffled, half_of_them, other_columns, trimmed, common_spaces])
def test_rows_alone_tell_whose_they_are(two_copies: Two, tmp_path: Path, changed: Any) -> None:
    for taken, content in two_copies:
        text = io.StringIO()
        csv.writer(text).writerows(changed(table_of(content)))
        for encoding in ("utf-8", "gb18030"):
            if encoding == "gb18030" and UNBROKEN not in text.getvalue():
                continue
            assert traced(kept(tmp_path, text.getvalue().encode(encoding))) == [taken.id]


def test_a_spreadsheet_typed_over_is_traced_too(cast: Cast, tmp_path: Path) -> None:
    entries_of(cast, MANY)
    taken, content = copy_of(cast.director, "xlsx")
    copy_of(cast.county_officer, "xlsx")
    book = load_workbook(io.BytesIO(content))
    book.properties.identifier = book.properties.description = None
    sheet: Any = book.active
    sheet.delete_rows(1, 7)
    sheet.oddFooter.center.text = ""
    book.save(tmp_path / "again.xlsx")
    assert traced(tmp_path / "again.xlsx") == [taken.id]


def test_a_few_rows_accuse_nobody(two_copies: Two, tmp_path: Path) -> None:
    (_taken, content), _other = two_copies
    text = io.StringIO()
    csv.writer(text).writerows(table_of(content)[:8])
    with pytest.raises(NoCopy):
        traced(kept(tmp_path, text.getvalue().encode()))


def test_a_page_typed_by_hand_accuses_nobody(two_copies: Two, tmp_path: Path) -> None:
    (_taken, content), _other = two_copies
    text = io.StringIO()
    csv.writer(text).writerows(trimmed(common_spaces(table_of(content))))
    with pytest.raises(NoCopy):
        traced(kept(tmp_path, text.getvalue().encode()))


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"PK\x03\x04 no workbook", "姓名,电话\n".encode()])
def test_any_other_file_is_refused_in_words(cast: Cast, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CommandError):
        call_command("whose_copy", kept(tmp_path, content))


def test_the_command_says_who_it_was(two_copies: Two, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (taken, content), _other = two_copies
    call_command("whose_copy", kept(tmp_path, content))
    said = capsys.readouterr().out
    assert "高秀兰" in said
    assert str(taken.id) in said


@pytest.fixture(scope="module")
def a_key() -> uuid.UUID:
    key_id = uuid.uuid4()
    crypto.create_key(key_id, "test")
    return key_id


@given(first=st.uuids(version=4), second=st.uuids(version=4))
def test_another_copys_bits_never_convince(a_key: uuid.UUID, first: uuid.UUID, second: uuid.UUID) -> None:
    """Over many pairs of copies; two hundred rows agree in half of their bits, give or take."""
    moments = [f"2020-02-12 18:{number // 60:02}:{number % 60:02}.000" for number in range(200)]
    carried = [Carried(when, *bits(first, a_key, when)) for when in moments]
    assert agreement(carried, first, a_key).convinces
    assert agreement(carried, second, a_key).convinces is (first == second)


def test_what_is_no_row_of_a_ledger_carries_nothing() -> None:
    assert carried_by(["2020-02-12 18:20", "王建国 "]) is None
    assert carried_by([]) is None
