"""Many files at once: each for itself, and accepted together where nothing is asked."""

import html

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from firstline.kernel import scope
from firstline.places.models import Compound
from firstline.registry import actions, intake
from firstline.registry.models import LooseEnd, LooseFile, SourceFile, Verdict
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import Cast

START = reverse("registry:import_start")
PLAIN = "房号,姓名\n1-1-101,王建国\n1-1-102,李秀珍\n"
ASKED = "房号,姓名\n看不清,王建国\n1-1-102,李秀珍\n"


def _files(*named: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in named]


def _text(response) -> str:  # type: ignore[no-untyped-def]
    return html.unescape(response.content.decode())


def test_each_file_is_taken_for_itself(cast: Cast) -> None:
    client = cast.director.client()
    files = _files(
        ("枫林苑.csv", encoded(PLAIN)),
        ("邮电局家属院.csv", encoded(PLAIN)),
        ("名单.csv", encoded(PLAIN)),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    )
    answer = client.post(START, {"file": files})
    page = _text(answer)
    assert answer.status_code == 200
    assert "照片.xlsx" in page and 'role="alert"' in page
    assert gettext("Whose list is it?") in page and "名单.csv" in page
    with scope.enter(cast.director):
        filed = {file.compound_id for file in SourceFile.objects.all()}
    assert filed == {cast.compound.pk, cast.compound_next.pk}


def test_the_same_files_again_change_nothing(cast: Cast) -> None:
    client = cast.director.client()
    for _again in range(2):
        client.post(START, {"file": _files(("枫林苑.csv", encoded(PLAIN)), ("名单.csv", encoded(ASKED)))})
    with scope.enter(cast.director):
        assert (SourceFile.objects.count(), LooseFile.objects.count()) == (1, 1)


def test_a_compound_is_recognised_by_what_stands_in_the_rows(cast: Cast) -> None:
    rows = encoded("门牌,姓名\n邮电局家属院1-1-101,王建国\n邮电局家属院1-1-102,李秀珍\n")
    client = cast.director.client()
    client.post(START, {"file": _files(("名单(3).csv", rows))})
    with scope.enter(cast.director):
        assert SourceFile.objects.get().compound_id == cast.compound_next.pk


def test_what_is_no_list_of_ours_is_set_aside_for_good(cast: Cast) -> None:
    client = cast.typist.client()
    client.post(START, {"file": _files(("名单.csv", encoded(PLAIN)))})
    with scope.enter(cast.director):
        loose = LooseFile.objects.get()
    client.post(reverse("registry:file_loose"), {f"compound-{loose.pk}": "none"})
    with scope.enter(cast.director):
        assert LooseEnd.objects.get().compound is None
        assert not SourceFile.objects.exists()
    assert gettext("Whose list is it?") not in _text(client.get(reverse("registry:lists")))


def test_compounds_with_a_like_name_are_offered_first(cast: Cast) -> None:
    compounds = list(Compound.objects.filter(pk__in=[cast.compound.pk, cast.compound_next.pk]).select_related("place"))
    assert [one.pk for one in intake.alike("枫林小区名单.xls", compounds)] == [cast.compound.pk]
    assert intake.alike("家属院名单.xls", compounds) == []


def test_those_about_which_nothing_is_asked_are_accepted_together(cast: Cast) -> None:
    client = cast.director.client()
    plain, other = (staged(cast.director, at, encoded(PLAIN)) for at in (cast.compound, cast.compound_next))
    asked = staged(cast.director, cast.compound, encoded(ASKED), "又一份.csv")
    page = _text(client.get(reverse("registry:lists")))
    assert page.count('type="checkbox"') == 2
    ids = {"file": [str(file.pk) for file in (plain, other, asked)]}
    shown = _text(client.get(reverse("registry:accept_many"), ids))
    assert [f'name="file" value="{file.pk}"' in shown for file in (plain, other, asked)] == [True, True, False]
    with scope.enter(cast.director):
        assert not hasattr(SourceFile.objects.get(pk=plain.pk), "decision")
    assert client.post(reverse("registry:accept_many"), ids).status_code == 303
    with scope.enter(cast.director):
        accepted = set(SourceFile.objects.filter(decision__verdict=Verdict.ACCEPTED).values_list("pk", flat=True))
    assert accepted == {plain.pk, other.pk}


def test_a_newer_list_of_a_compound_is_looked_at_first(cast: Cast) -> None:
    client = cast.director.client()
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound, encoded(PLAIN)).pk)
    staged(cast.director, cast.compound, encoded(PLAIN + "1-2-101,赵小军\n"), "新的.csv")
    page = _text(client.get(reverse("registry:lists")))
    assert 'type="checkbox"' not in page
    assert gettext("a newer list: see what changed") in page
