"""Somebody of the city above the cast's counties, as tests want them."""

from firstline.accounts import actions as accounts
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.kernel.actors import console
from firstline.testing.cast import PASSWORD, Member

CITY = "1411"


def of_city() -> Member:
    """With a login, appointed at the console."""
    operator = console()
    person = accounts.enrol_person(operator, name="郭建平", home_path=CITY, username="lvliang", password=PASSWORD)
    accounts.grant_role(operator, person_id=person.pk, role=Role.CITY_OFFICER, path=CITY)
    actor = actor_of_person(person.pk)
    return Member(actor.person_id, actor.label, actor.grants, name="郭建平")
