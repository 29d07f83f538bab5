"""How the ledger says what was done about people and logins."""

from django.utils.translation import gettext_lazy as _

from firstline.accounts.devices.hats import Hat
from firstline.accounts.roles import Role
from firstline.accounts.second_factor.actions import Reason
from firstline.kernel import wording

wording.register(
    acts={
        "accounts.enrol_person": _("put a person on record"),
        "accounts.put_right": _("put somebody's details right"),
        "accounts.put_own_right": _("changed their own phone or e-mail address"),
        "accounts.restore_details": _("took back what was put right of somebody"),
        "accounts.read_details": _("looked at somebody's phone and e-mail address"),
        "accounts.say_left": _("said that somebody is with us no more"),
        "accounts.grant_role": _("gave a role"),
        "accounts.end_grant": _("ended a role"),
        "accounts.follow_succession": _("renewed roles where a division went over into others"),
        "accounts.log_in": _("logged in"),
        "accounts.fail_to_log_in": _("tried to log in with a wrong password"),
        "accounts.reset_password": _("set a new password for somebody"),
        "accounts.unlock": _("unlocked the page with the password"),
        "accounts.change_password": _("changed the password"),
        "accounts.set_up_second_factor": _("set up the second factor"),
        "accounts.renew_second_factor": _("gave up the second factor for another phone"),
        "accounts.print_codes_anew": _("made new printed codes"),
        "accounts.use_printed_code": _("logged in with a printed code instead of the phone"),
        "accounts.fail_second_factor": _("typed a wrong code after the password"),
        "accounts.reset_second_factor": _("reset somebody's second factor"),
        "accounts.invite_device": _("made a code for a phone"),
        "accounts.enrol_device": _("enrolled a phone by its code"),
        "accounts.extend_device": _("gave a phone until another time"),
        "accounts.move_device": _("gave a phone for another place"),
        "accounts.revoke_device": _("revoked a phone"),
        "accounts.ask_wipe": _("asked a phone to wipe itself"),
        "accounts.end_wipe": _("took back that a phone wipes itself"),
        "accounts.confirm_wipe": _("a phone has wiped itself"),
        "accounts.settle_loss": _("looked into what a phone held unsent"),
    },
    fields={
        "person": _("Person"),
        "role": _("Role"),
        "places": _("Places"),
        "valid_from": _("From"),
        "valid_until": _("Until"),
        "name": _("Name"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "post": _("Post"),
        "login": _("Login name"),
        "hats": _("For"),
        "borrowed": _("Lent out"),
        "waiting": _("Unsent when last heard of"),
        "client": _("Version"),
        "persistent": _("Keeps what it holds"),
        "reset_reason": _("Why"),
    },
    values={"role": dict(Role.choices), "hats": dict(Hat.choices), "reset_reason": dict(Reason.choices)},
)
