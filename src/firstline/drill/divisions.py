"""The divisions of a drill: both counties of the page, whole where the table of divisions is at hand."""

from django.conf import settings

from firstline.drill import community
from firstline.kernel.actors import Actor
from firstline.places import actions as places
from firstline.places.division_table import read_table


def enter_divisions(operator: Actor) -> None:
    """Enter the divisions a drill cannot do without, and every township and village of both counties."""
    for division in community.DIVISIONS:
        places.create_place(
            operator, kind=division.kind, code=division.code, name=division.name, valid_from=community.SINCE
        )
    if settings.FIRSTLINE_DIVISIONS.is_file():
        for county in community.COUNTIES:
            rows = read_table(settings.FIRSTLINE_DIVISIONS, county)
            places.load_divisions(operator, rows=rows, valid_from=community.SINCE)
