"""On a sheet stand the questions of its campaign and, on a notice, the way to the compound's own online form."""

from io import BytesIO

import zxingcpp
from PIL import Image

from firstline.census.models import SheetBatch
from firstline.census.online.actions import open_links
from firstline.census.paper.given import link_at, questions_for
from firstline.census.paper.print_page import sheets_to_print
from firstline.census.paper.tests.sheets import printed
from firstline.kernel import scope
from firstline.kernel.printing import png_pages
from firstline.testing.cast import COMMUNITY, Cast


def test_a_notice_leads_to_the_form_of_its_compound(cast: Cast) -> None:
    (link,) = open_links(cast.director, place_ids=[cast.compound.pk], phone="0358-8223456")
    (number,) = printed(cast, "notice")
    with scope.enter(cast.director):
        assert link.code in link_at(cast.door.path)
        assert link_at(COMMUNITY) == ""
        (page,) = png_pages(*sheets_to_print(SheetBatch.objects.get()))

    codes = [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(page)))]
    assert f"FL:{number}" in codes
    assert any(link.code in code for code in codes)


def test_a_campaign_that_asks_nothing_more_prints_nothing_more(cast: Cast) -> None:
    with scope.enter(cast.director):
        assert questions_for(cast.campaign) == []
