"""What can be wrong about measures."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError, explains


class MeasureBasisMissing(FirstlineError):
    """Nobody is restricted without a law that says so."""

    code = "measure_basis_missing"
    status = 422
    message = _("Say by which law “%(measure)s” restricts people. Without a legal basis it cannot be ordered.")


class MeasureEndMissing(FirstlineError):
    """What restricts people has a last day from the beginning."""

    code = "measure_end_missing"
    status = 422
    message = _("Give “%(measure)s” its last day: what restricts people ends by itself unless somebody renews it.")


class MeasureEndPast(FirstlineError):
    """A measure that is over before it is ordered."""

    code = "measure_end_past"
    status = 422
    message = _("The last day of “%(measure)s” is over already. Give a day that is still to come.")


class MeasureRenewerMissing(FirstlineError):
    """Somebody is named who must renew it, and may."""

    code = "measure_renewer_missing"
    status = 422
    message = _("Name somebody who must renew “%(measure)s”; it has to be a person who may order measures here.")


class MeasureLaxer(FirstlineError):
    """A lower level may ask more than a higher one, never less, unless the higher one allows it."""

    code = "measure_laxer"
    status = 422
    message = _(
        "“%(measure)s” holds for %(place)s already and asks more. Here you may ask more than that, but not less; "
        "whoever ordered it can allow less."
    )


class MeasureDatesWrong(FirstlineError):
    """It begins in its emergency and ends after it begins."""

    code = "measure_dates_wrong"
    status = 422
    message = _("“%(measure)s” cannot begin before its emergency, nor end before it begins. Check both days.")


class MeasureNotUnderstood(FirstlineError):
    """Something of a form is no parameter. ``field`` names it."""

    code = "measure_not_understood"
    status = 422
    message = _("What was typed for “%(measure)s” cannot be taken. Check numbers, hours and ticks.")


class MeasureOver(FirstlineError):
    """Lapsed or lifted; a renewal comes before that."""

    code = "measure_over"
    status = 409
    message = _("This measure has ended already. To have it again, order it anew.")


class NothingToRenew(FirstlineError):
    """It has no end, or the new day is not later than the old."""

    code = "nothing_to_renew"
    status = 422
    message = _("A renewal names a later last day than the present one. Choose a later day.")


explains("restriction_has_basis_end_and_renewer", MeasureBasisMissing(measure=""))
