"""Nothing of a name, a phone or a document number lies in clear anywhere: tables, write-ahead log, logs, sessions."""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from firstline.config.testing.databases import data_directory
from firstline.identifiers import resident_id
from firstline.kernel import scope
from firstline.registry.mentions import write_mentions
from firstline.registry.models import SourceFile
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast


@dataclass(frozen=True)
class Marked:
    """Somebody made up anew for each test: the files of a database remember what an earlier test wrote."""

    name: str
    phone: str
    document: str

    @classmethod
    def anew(cls) -> "Marked":
        name = "".join(chr(secrets.choice(range(0x4E00, 0x9F00))) for _character in range(3))
        phone, order = f"139{secrets.randbelow(10**8):08d}", secrets.randbelow(1000)
        body = f"142302{1930 + secrets.randbelow(80)}0{1 + secrets.randbelow(9)}{10 + secrets.randbelow(19)}{order:03d}"
        return cls(name, phone, body + resident_id.check_character(body))

    @property
    def file_name(self) -> str:
        return f"{self.name}家的名单.csv"

    @property
    def content(self) -> bytes:
        rows = [f"1-1-101,{self.name},{self.phone},{self.document}", f",{self.name},{self.phone},"]
        return "\n".join(["枫林苑名单", "房号,姓名,电话,身份证号", *rows, ""]).encode("gb18030")

    def marks_in(self, data: bytes) -> list[bytes]:
        """What of this person lies in clear in some bytes, in every encoding a file may have; of numbers also parts."""
        numbers = (self.phone, self.phone[3:], self.document, self.document[6:])
        marks = [self.name.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16-le", "unicode_escape")]
        return [mark for mark in [*marks, *(number.encode() for number in numbers)] if mark in data]


def test_after_every_feature_of_lists(
    transactional_db: None, cast: Cast, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    somebody = Marked.anew()
    before = set(Path(tempfile.gettempdir()).iterdir())
    client = cast.director.client()
    upload = {"file": SimpleUploadedFile(somebody.file_name, somebody.content), "compound": ""}
    review = client.post(reverse("registry:import_start"), upload)["Location"]
    file_id = review.strip("/").split("/")[-1]
    client.get(review)
    client.post(reverse("registry:accept", args=[file_id]))
    for text in (somebody.name, somebody.phone, somebody.phone[-4:], somebody.document, somebody.name[1:]):
        assert somebody.name in client.post(reverse("registry:search"), {"q": text}).content.decode()
    client.post(reverse("registry:numbers", args=[cast.door.pk]))
    client.post(reverse("registry:show_numbers", args=[file_id]))
    with scope.enter(cast.worker):
        said = PersonSaid(somebody.name, phones=(somebody.phone,), id_number=somebody.document, remark=somebody.name)
        write_mentions(
            door=cast.door,
            source_id=cast.door.pk,
            people=[said],
            emergency=cast.emergency,
            campaign_id=cast.campaign.pk,
        )
    with scope.enter(cast.director):
        assert SourceFile.objects.count() == 1
    _write_everything_out()
    logged = (caplog.text + "".join(capfd.readouterr())).encode()
    assert somebody.marks_in(logged) == []
    new = {path for path in Path(tempfile.gettempdir()).iterdir() if path not in before and path.is_file()}
    found = [path.name for path in _files_of_database() | new if somebody.marks_in(_bytes(path))]
    assert found == []


def test_the_search_would_find_them(transactional_db: None, cast: Cast) -> None:
    somebody = Marked.anew()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE places_place SET name = %s WHERE id = %s", [somebody.name, cast.compound.pk])
    _write_everything_out()
    assert any(somebody.marks_in(_bytes(path)) for path in _files_of_database())


def _write_everything_out() -> None:
    database = str(settings.DATABASES["default"]["NAME"])
    with psycopg.connect(settings.TEST_CLUSTER.dsn("postgres", database), autocommit=True) as superuser:
        superuser.execute("CHECKPOINT")


def _files_of_database() -> set[Path]:
    return {Path(folder, name) for folder, _below, names in os.walk(data_directory()) for name in names}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # gone since: the server recycles its own files
