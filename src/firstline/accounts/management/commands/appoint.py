"""`firstline appoint`: enrol somebody with a login and give them a role, from the server's own console."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.accounts.actions import enrol_person, grant_role
from firstline.accounts.prompts import new_password
from firstline.accounts.roles import Role
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError


class Command(BaseCommand):
    """The name and the password are asked for and never taken from the command line, which others can read."""

    help = "Enrol somebody with a login and give them a role at a place; asks for name and password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--place", required=True, help="the place's code or path, such as 141102")
        parser.add_argument("--login", required=True, help="an invented login name, such as the post and a number")
        parser.add_argument("--post", default="", help="how the post is called there")

    def handle(self, *, role: str, place: str, login: str, post: str, **_options: Any) -> None:
        name = input(_("Name: "))
        phone = input(_("Phone (may be empty): "))
        operator = console()
        try:
            password = new_password()
            with scope.enter(operator):
                person = enrol_person(
                    operator,
                    name=name,
                    phone=phone,
                    post=post,
                    home_path=place,
                    username=login,
                    password=password,
                )
                grant_role(operator, person_id=person.pk, role=Role(role), path=place)
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        said = _("%(login)s is now %(role)s at %(place)s.")
        self.stdout.write(said % {"login": login, "role": Role(role).label, "place": place})
