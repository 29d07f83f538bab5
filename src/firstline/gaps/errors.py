"""What can be wrong about what is said of gaps."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class GapClosed(FirstlineError):
    """The facts have met the expectation meanwhile; there is nothing left to say."""

    code = "gap_closed"
    status = 409
    message = _("This is closed already: what was missing is there. Nothing has to be done.")


class GapTakenByAnother(FirstlineError):
    """One has it at a time, so that two do not go to the same door."""

    code = "gap_taken_by_another"
    status = 409
    message = _("%(name)s has this until %(until)s. Call them, or wait until then.")


class GapTakenTooLong(FirstlineError):
    """Nobody stops a clock for longer than the rules allow."""

    code = "gap_taken_too_long"
    status = 422
    message = _("You can take this for %(hours)d hours at most. Give a time before %(until)s.")


class GapNotYours(FirstlineError):
    """Only whoever took it gives it back."""

    code = "gap_not_yours"
    status = 409
    message = _("You have not taken this, so there is nothing to give back.")


class GapReasonMissing(FirstlineError):
    """Whoever says that a gap is wrong says why."""

    code = "gap_reason_missing"
    status = 422
    message = _("Say in a few words why this is wrong, so that whoever decides can check it.")


class GapNotDisputed(FirstlineError):
    """There is nothing to decide."""

    code = "gap_not_disputed"
    status = 409
    message = _("Nobody says that this is wrong, or it was decided already. Look at it again.")


class GapOwnDispute(FirstlineError):
    """Nobody decides their own dispute."""

    code = "gap_own_dispute"
    status = 409
    message = _("You said yourself that this is wrong. Somebody else who answers for the place decides.")


class GapsNotTakeable(FirstlineError):
    """Nothing of the giver's, or nothing that the taker may take."""

    code = "gaps_not_takeable"
    status = 409
    message = _("Nothing was handed over: you have nothing, or they may take none of it. Choose somebody else.")


class RulesWrong(FirstlineError):
    """Bands of severity that leave a gap without a time, or times that are none."""

    code = "escalation_rules_wrong"
    status = 422
    message = _("%(problem)s")
