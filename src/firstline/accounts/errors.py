"""What can be wrong about people, logins and grants, and the constraints that say so."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError, explains


class UsernameTaken(FirstlineError):
    """Login names are unique in the installation."""

    code = "username_taken"
    status = 409
    message = _("This login name is taken. Choose another one, such as the post and a number.")


class UsernameInvalid(FirstlineError):
    """A login name is invented, in lower-case letters, so that it can be read out on the phone and names nobody."""

    code = "username_invalid"
    status = 422
    message = _("A login name has 3 to 40 lower-case letters, digits, “.”, “-” or “_”, and begins with a letter.")


class PasswordRefused(FirstlineError):
    """A password is missing, too short, too common or like the login name; ``problem`` says which."""

    code = "password_refused"
    status = 422
    message = _("%(problem)s")


class NameMissing(FirstlineError):
    """Somebody who answers for something has a name."""

    code = "person_name_missing"
    status = 422
    message = _("Give the person's name: whoever answers for something is named.")


class DetailsUnchanged(FirstlineError):
    """What is put right is different from what stands."""

    code = "person_details_unchanged"
    status = 422
    message = _("That stands on record already. Nothing was changed.")


class PersonLeft(FirstlineError):
    """Somebody leaves once."""

    code = "person_left"
    status = 409
    message = _("It is on record already that this person is with you no more. Nothing was changed.")


class PlaceUnfit(FirstlineError):
    """A role belongs to places of certain kinds, and the place must have been entered."""

    code = "role_place_unfit"
    status = 422
    message = _("%(place)s is no place for the role “%(role)s”. Choose the area this role answers for.")


class RoleNotYours(FirstlineError):
    """Nobody gives away a role that is not theirs to give, and nobody gives one to themselves."""

    code = "role_not_yours_to_give"
    status = 403
    message = _("You cannot give or end this role. Ask the level above; nobody gives a role to themselves.")


class GrantExists(FirstlineError):
    """The same role at the same place is in force already."""

    code = "grant_exists"
    status = 409
    message = _("This person has that role at that place already. Nothing was changed.")


class RoleEnded(FirstlineError):
    """A grant that has ended stays as it was, so that the past can be judged."""

    code = "role_ended"
    status = 409
    message = _("This role has ended already. Give it anew if it is needed again.")


class GrantEndsSooner(FirstlineError):
    """Ending a grant must not be a way to give it: a longer one is given anew, by whoever may give it."""

    code = "grant_ends_sooner"
    status = 409
    message = _("This role ends before that date already. To let somebody keep it for longer, give it anew.")


class GrantDatesWrong(FirstlineError):
    """A grant ends after it begins."""

    code = "grant_dates_wrong"
    status = 422
    message = _("A role cannot end before it begins. Check both dates.")


class TooManyLogins(FirstlineError):
    """One address asks for the login page's answer too often."""

    code = "too_many_logins"
    status = 429
    message = _("Too many attempts to log in came from here. Wait a minute, then try again.")


explains("accounts_login_username_key", UsernameTaken())
explains("grant_ends_after_it_begins", GrantDatesWrong())
