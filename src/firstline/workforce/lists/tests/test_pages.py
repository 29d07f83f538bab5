"""The pages of who there is: a list is brought in, shown row by row, accepted; its people are found and moved."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.places.actions import enter_villages
from firstline.testing.cast import OTHER_COUNTY, OTHER_TOWNSHIP, Cast
from firstline.workforce.lists.tests.lists import CHECKPOINTS
from firstline.workforce.models import TeamMember


@pytest.mark.usefixtures("cast")
def test_from_the_file_to_the_team(cast: Cast) -> None:
    enter_villages(console(), township_path=OTHER_TOWNSHIP, names=["解家湾"])
    client = cast.other_county_officer.client()
    file = SimpleUploadedFile("检查点.csv", CHECKPOINTS.decode().encode("gb18030"))
    answer: Any = client.post(reverse("workforce:people_import"), {"file": file, "path": OTHER_COUNTY})
    shown = client.get(answer.url).content.decode()
    assert "梁林华" in shown
    assert "令狐志刚 村支部成员" in shown
    assert "place-1:3" in shown
    client.post(f"{answer.url}fix/", {"out-1:3": "on"})
    assert client.post(f"{answer.url}accept/").status_code == 303
    staff = client.get(reverse("workforce:staff"), {"q": "何嘉龙"}).content.decode()
    assert "解家湾村桥头" in staff
    assert "梁林华" in staff
    with scope.enter(cast.other_county_officer):
        member = TeamMember.objects.filter(role="村医").get()
    said = {"member": str(member.pk), "team": "没有的组"}
    assert client.post(reverse("workforce:regroup"), said).status_code == 422
    assert cast.county_officer.client().get(answer.url).status_code == 404
