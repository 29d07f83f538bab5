"""The director's list of compounds: filled in where nobody has said, shown where somebody has said otherwise."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http.multipartparser import MultiPartParser
from django.test import Client
from django.urls import reverse

from firstline import tables
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.actions import Imported, Profile, describe_compound, import_compounds
from firstline.places.compound_list import read_compounds
from firstline.places.models import Compound, MakeUp, Management, Post
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast

LIST = """序号,小区名称,小区类型,管理方式,有无门房,户数
1,枫林苑,开发楼盘,恒安物业,有,约70
2,林业局家属院,开发楼盘,只有门房,有,35
3,东关旧村片区,与村委混杂,没人管,没有,80多
4,,单位家属院,,,
合计,,,,,185
"""


def bring_in(cast: Cast, text: str = LIST) -> dict[str, Imported]:
    lines = read_compounds(tables.read(text.encode("gb18030"))).lines
    return {one.line.name: one for one in import_compounds(cast.director, community_path=COMMUNITY, lines=lines)}


def test_new_compounds_come_with_what_the_list_says(cast: Cast) -> None:
    done = bring_in(cast)

    assert {name: one.new for name, one in done.items()} == {
        "枫林苑": False,
        "林业局家属院": True,
        "东关旧村片区": True,
    }
    village = Compound.objects.get(place__name="东关旧村片区")
    assert (village.make_up, village.management, village.gatehouse, village.believed_households) == (
        MakeUp.MIXED_VILLAGE,
        Management.NOBODY,
        False,
        "80多",
    )
    assert village.unmanaged_since is not None
    assert Post.objects.filter(place__name="林业局家属院").exists(), "a gatehouse brings a gate to be manned"


def test_a_known_compound_is_filled_in(cast: Cast) -> None:
    done = bring_in(cast)["枫林苑"]

    cast.compound.refresh_from_db()
    assert (cast.compound.make_up, cast.compound.company.name) == (MakeUp.DEVELOPED, "恒安物业")  # type: ignore[union-attr]
    assert cast.compound.believed_households == "约70"
    assert set(done.filled) == {"make_up", "management", "gatehouse", "company", "believed_households"}


def test_what_somebody_has_said_stays_and_the_difference_is_shown(cast: Cast) -> None:
    said = Profile(make_up=MakeUp.WORK_UNIT, believed_households="84", aliases=["枫林小区"])
    describe_compound(cast.director, compound_id=cast.compound.pk, profile=said)

    one = bring_in(cast, LIST.replace("枫林苑", "枫林小区"))["枫林小区"]

    cast.compound.refresh_from_db()
    assert (cast.compound.make_up, cast.compound.believed_households) == (MakeUp.WORK_UNIT, "84")
    assert [(found.field, found.stands, found.said) for found in one.differing] == [
        ("make_up", "work_unit", "developed"),
        ("believed_households", "84", "约70"),
    ]


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    bring_in(cast)
    before = list(Compound.objects.order_by("pk").values())
    again = bring_in(cast)

    assert not any(one.new or one.filled for one in again.values())
    assert list(Compound.objects.order_by("pk").values()) == before


def test_only_into_ones_own_community(cast: Cast) -> None:
    lines = read_compounds(tables.read(LIST.encode())).lines
    with pytest.raises(NotFound):
        import_compounds(cast.director, community_path=COMMUNITY_ELSEWHERE, lines=lines)
    with pytest.raises(Forbidden):
        import_compounds(cast.worker, community_path=COMMUNITY, lines=lines)


def test_the_page_says_row_by_row_what_came_of_it(cast: Cast) -> None:
    file = SimpleUploadedFile("小区.csv", LIST.encode("gb18030"))
    answer = cast.director.client().post(reverse("places:import_compounds"), {"community": COMMUNITY, "file": file})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["new"] == 2
    assert "东关旧村片区" in text
    assert [one["row"] for one in answer.context["aside"]] == [5, 6]
    assert answer.context["to_look_at"] == 1, "a work unit's compound that is said to be a developer's"


def test_a_file_that_cannot_be_read_is_said_to_be_so(cast: Cast) -> None:
    client = cast.director.client()
    url = reverse("places:import_compounds")
    missing = client.post(url, {"community": COMMUNITY})
    broken = client.post(url, {"community": COMMUNITY, "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")})
    assert (missing.status_code, broken.status_code) == (422, 422)
    assert missing.context["mistake"]
    assert broken.context["mistake"]


def test_a_strangers_list_is_not_taken_apart_and_a_forged_one_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("places:import_compounds")
    forged = cast.director.client(enforce_csrf_checks=True)
    assert forged.post(url, {"community": COMMUNITY, "file": SimpleUploadedFile("x.csv", b"x")}).status_code == 403

    def refuse_to_parse(*_args: object) -> None:
        raise AssertionError("the body was taken apart")

    monkeypatch.setattr(MultiPartParser, "parse", refuse_to_parse)
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["csrftoken"] = "a" * 32  # anybody may make one up
    answer = stranger.post(url, {"community": COMMUNITY, "file": SimpleUploadedFile("x.csv", b"x")})
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={url}")


def test_the_command_brings_it_in_too(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "compounds.csv"
    path.write_bytes(LIST.encode("gb18030"))
    said = StringIO()
    call_command("import_compounds", path, community=COMMUNITY, stdout=said)

    assert "林业局家属院" in said.getvalue()
    assert Compound.objects.filter(place__name="林业局家属院").exists()
    with pytest.raises(CommandError) as refused:
        call_command("import_compounds", path)
    assert refused.value.returncode == 2
    with pytest.raises(CommandError):
        call_command("import_compounds", tmp_path / "none.csv", community=COMMUNITY)
