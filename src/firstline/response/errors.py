"""What can be wrong about emergencies."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError, explains


class EmergencyMissing(FirstlineError):
    """Nothing personal is recorded outside of an emergency: there would be no key to seal it under."""

    code = "emergency_missing"
    status = 409
    message = _(
        "No emergency is in force here, so nothing can be recorded. Ask the county's officer to declare it first."
    )


class EmergencyInForce(FirstlineError):
    """One emergency at a time covers a place, so that every fact has one."""

    code = "emergency_in_force"
    status = 409
    message = _("“%(name)s” is in force here already. Work within it, or end it before declaring another.")


class LegalBasisMissing(FirstlineError):
    """Data of residents is taken on a legal basis, and the emergency says which."""

    code = "legal_basis_missing"
    status = 422
    message = _(
        "Give the emergency a name and its legal basis, such as the law and the notice by which it was declared."
    )


class EmergencyDatesWrong(FirstlineError):
    """An emergency ends after it begins."""

    code = "emergency_dates_wrong"
    status = 422
    message = _("An emergency cannot end before it begins. Check both dates.")


explains("emergency_ends_after_it_begins", EmergencyDatesWrong())
