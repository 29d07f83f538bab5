"""Small lists for tests: text as a company would send it, and what they hold."""

import uuid

from firstline.kernel.actors import Actor
from firstline.places.models import Compound
from firstline.registry import background, progress, staging
from firstline.registry.actions import Named
from firstline.registry.errors import ListUnreadable
from firstline.registry.models import SourceFile
from firstline.tables.errors import NotATable

HEADINGS = "序号,房号,姓名,电话,身份证号,备注"
# A row for each thing that can happen: plain, without people, a broken document number, no door, a note below.
SMALL = f"""枫林苑住户名单
{HEADINGS}
1,1-1-101,王建国,13912345678,142302197602226845,
2,1-1-102,李秀珍,0358-3565092,,
3,1-2-301,赵小军,13700001111,142302197602226846,不常住
4,2-1-201,,,,空房
5,3-1-101,陈志博,15257085946,,新楼
6,,张无门,13811112222,,
合计,5户,,,,
"""


def encoded(text: str = SMALL) -> bytes:
    return text.encode("gb18030")


def staged(actor: Actor, compound: Compound, content: bytes | None = None, name: str = "枫林苑名单.csv") -> SourceFile:
    """A list that has been stored and waits for a decision."""
    content = encoded() if content is None else content
    reading = staging.read(content)
    return staging.stage(actor, compound=compound, named=Named(name), content=content, reading=reading).file


def long_list(rows: int) -> bytes:
    """A list of so many doors of building 9, one name each."""
    lines = [f"{at},9-1-{100 + at},王{chr(0x4E00 + at)}国,139{at:08d},," for at in range(1, rows + 1)]
    return encoded("\n".join([HEADINGS, *lines]))


def failed_work(actor: Actor, compound: Compound) -> uuid.UUID:
    """A long file that turned out to be no list: kept, shown, and waiting to be taken away."""
    file_id = background.hand_in(actor, name="照片.csv", content=b"\x89PNG", compound=compound).file_id
    progress.failed(file_id, ListUnreadable.because(NotATable(found="a picture")), False)
    return file_id
