"""How the ledger says what was done about people and logins."""

from django.utils.translation import gettext_lazy as _

from firstline.accounts.roles import Role
from firstline.kernel import wording

wording.register(
    acts={
        "accounts.enrol_person": _("put a person on record"),
        "accounts.grant_role": _("gave a role"),
        "accounts.end_grant": _("ended a role"),
        "accounts.follow_succession": _("renewed roles where a division went over into others"),
        "accounts.log_in": _("logged in"),
        "accounts.fail_to_log_in": _("tried to log in with a wrong password"),
        "accounts.reset_password": _("set a new password for somebody"),
        "accounts.unlock": _("unlocked the page with the password"),
        "accounts.change_password": _("changed the password"),
    },
    fields={
        "person": _("Person"),
        "role": _("Role"),
        "places": _("Places"),
        "valid_from": _("From"),
        "valid_until": _("Until"),
        "name": _("Name"),
        "phone": _("Phone"),
        "post": _("Post"),
        "login": _("Login name"),
    },
    values={"role": dict(Role.choices)},
)
