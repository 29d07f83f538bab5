"""What a device is for. A hat is an allow-list: what is not listed here, a device may not, whoever carries it."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from firstline.kernel.actors import KNOW_RESIDENTS


class Hat(TextChoices):
    DOORS = "doors", pgettext_lazy("what a phone is for", "Doors")
    DUTY = "duty", pgettext_lazy("what a phone is for", "Duty")


# Of what the roles of its person allow, a device is left these, by hat.
PERMISSIONS: dict[Hat, frozenset[str]] = {
    Hat.DOORS: frozenset(
        {
            KNOW_RESIDENTS,
            "places.read",
            "places.add_door",
            "places.edit_compound",
            "census.read",
            "census.record_attempt",
            "census.void_attempt",
            "census.keep_pictures",
            "census.hand_out_sheet",
            "census.read_sheets",
            "registry.read_mentions",
        }
    ),
    Hat.DUTY: frozenset({"places.read", "workforce.sign_in", "workforce.sign_out"}),
}

# The one act without which a hat is of no use to anybody.
WORN_FOR: dict[Hat, str] = {Hat.DOORS: "census.record_attempt", Hat.DUTY: "workforce.sign_in"}
