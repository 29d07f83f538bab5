"""What sharing out refuses, each with a stable code and a sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class ShareRefused(FirstlineError):
    """A walk that cannot be shared out as asked."""

    code = "share_refused"
    status = 422
    message = _("The doors cannot be shared out like this. Choose again.")


class ShareWithNobody(ShareRefused):
    """Nobody was chosen to share among, or only people who may not visit doors there."""

    code = "share_with_nobody"
    message = _("Choose at least one person who may visit doors there.")


class NothingToShare(ShareRefused):
    """No door wants anybody at that time, or none that these people may go to."""

    code = "nothing_to_share"
    message = _("No door there wants these people at that time. Choose another time, other people or another place.")


class MinutesNotSaid(ShareRefused):
    """A time that nobody works in a day or an evening."""

    code = "share_minutes"
    message = _("Say how long each can walk, between a quarter of an hour and eight hours.")


class NotOnTheTeam(ShareRefused):
    """A person who is none of those the walk was shared out among."""

    code = "share_not_on_team"
    message = _("That person is not on this team. Share out again with them on it.")


class MayNotWalk(ShareRefused):
    """Every door of a stairwell bars the person it is to go to."""

    code = "share_may_not_walk"
    message = _("They may not go there: it is not their place, or they have been there before. Choose somebody else.")
