"""Files that name doors in passing, brought in for a community: read together, settled, and nobody's name kept."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import derived
from firstline.places.models import Compound, Door, DoorEvidence, ProposedDoor
from firstline.registry import proposing
from firstline.registry.addresses import Source
from firstline.registry.proposing import AddressFile, propose
from firstline.response.actions import rotate_organisation_key
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast

POLICE = """户号,姓名,户籍地址,现住址
HH1,张建国,太原市,山西省吕梁市离石区莲花池街道龙凤南大街84号枫林苑3号楼1单元101室
HH2,李秀英,太原市,离石区龙凤南大街84号老八栋3号楼1单元102室
HH3,王小明,太原市,离石区龙凤南大街84号枫林苑
HH4,赵六,太原市,山西省吕梁市离石区莲花池街道学院路103号院内东房
"""
VISITS = """日期,小区,楼,单元,户号,结果
1.28,老八栋,3号楼,1,101,登记
1.28,散户,学院路103号院内东房,,,无人
1.29,老八栋,4,1,201,无人
"""


def files() -> list[AddressFile]:
    return [AddressFile(Source.POLICE, POLICE.encode("gb18030")), AddressFile(Source.VISITS, VISITS.encode())]


def test_two_files_that_name_a_door_put_it_on_record(cast: Cast) -> None:
    done = propose(cast.director, community_path=COMMUNITY, files=files())

    assert (done.rows, done.doors, done.new, done.accepted, done.waiting) == (7, 4, 4, 2, 2)
    assert done.unplaced == {"door_missing": 1}
    assert Door.objects.filter(pk=Door.id_for(cast.compound.pk, "3-1-101")).exists()
    home = Compound.objects.get(place__kind="scattered")
    assert Door.objects.filter(pk=Door.id_for(home.pk, "学院路103号院内东房")).exists()
    cast.compound.refresh_from_db()
    assert cast.compound.aliases == ["老八栋"]


def test_the_same_files_again_change_nothing(cast: Cast) -> None:
    propose(cast.director, community_path=COMMUNITY, files=files())
    before = Door.objects.count(), ProposedDoor.objects.count(), DoorEvidence.objects.count()

    again = propose(cast.director, community_path=COMMUNITY, files=files())
    assert (again.new, again.accepted, again.holes) == (0, 0, 0)
    assert (Door.objects.count(), ProposedDoor.objects.count(), DoorEvidence.objects.count()) == before


def test_the_same_files_are_known_after_the_key_was_rotated_and_not_by_their_bare_hash(cast: Cast) -> None:
    propose(cast.director, community_path=COMMUNITY, files=files())
    before = set(DoorEvidence.objects.values_list("source_id", "rows"))
    rotate_organisation_key(console())
    propose(cast.director, community_path=COMMUNITY, files=files())
    assert set(DoorEvidence.objects.values_list("source_id", "rows")) == before
    bare = hashlib.sha256(VISITS.encode()).hexdigest()
    assert derived(proposing._FILES, bare) not in {source_id for source_id, _rows in before}


def test_only_in_ones_own_community(cast: Cast) -> None:
    with pytest.raises(NotFound):
        propose(cast.director, community_path=COMMUNITY_ELSEWHERE, files=files())
    with pytest.raises((Forbidden, NotFound)):
        propose(cast.worker, community_path=COMMUNITY, files=files())


def test_the_command_says_what_came_of_it(cast: Cast, tmp_path: Path) -> None:
    police, visits = tmp_path / "police.csv", tmp_path / "visits.csv"
    police.write_bytes(POLICE.encode("gb18030"))
    visits.write_text(VISITS, encoding="utf-8")
    said = StringIO()
    call_command("propose_doors", COMMUNITY, police=[police], visits=[visits], keys=[], stdout=said)
    assert "2" in said.getvalue()
    assert "door_missing" in said.getvalue()

    wrong: list[dict[str, list[Path]]] = [
        {"police": [], "visits": [], "keys": []},
        {"police": [tmp_path / "no"], "visits": [], "keys": []},
    ]
    for arguments in wrong:
        with pytest.raises(CommandError) as refused:
            call_command("propose_doors", COMMUNITY, **arguments)
        assert refused.value.returncode == 2
    with pytest.raises(CommandError):
        call_command("propose_doors", "141102999999", police=[police], visits=[], keys=[])
