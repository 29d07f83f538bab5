"""How the ledger says what was done about places and frames."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording
from firstline.places.models import Frame, MakeUp, Management, PlaceKind

wording.register(
    acts={
        "places.create_place": _("entered a division"),
        "places.load_divisions": _("entered divisions from the table"),
        "places.enter_villages": _("entered villages without a code"),
        "places.rename": _("renamed a division"),
        "places.renumber": _("gave a division a new code"),
        "places.merge": _("merged divisions"),
        "places.split": _("split a division"),
        "places.create_compound": _("added a compound"),
        "places.describe_compound": _("described a compound"),
        "places.declare_buildings": _("wrote down buildings and their doors"),
        "places.withdraw_declaration": _("took back buildings just written down"),
        "places.add_door": _("added a door"),
        "places.add_home": _("added a home of no compound"),
        "places.merge_doors": _("made one door of several"),
        "places.split_door": _("made several doors of one"),
        "places.walk_frame": _("walked a building"),
        "places.reveal_contacts": _("saw whom to call at a property company"),
    },
    fields={
        "kind": _("Kind"),
        "code": _("Division code"),
        "label": _("Door"),
        "new": _("New"),
        "frame": _("How the doors are known"),
        "walked_at": _("Walked"),
        "doors_found": _("Doors found"),
        "doors_known": _("Doors known"),
        "known": _("Doors known"),
        "doors_new": _("Doors added"),
        "doors": _("Doors"),
        "line": _("Building line"),
        "make_up": _("Made up as"),
        "management": _("Looked after by"),
        "gatehouse": _("Gatehouse"),
        "company": _("Property company"),
        "contacts": _("Contacts"),
        "believed_households": _("Households, as believed"),
        "aliases": _("Also called"),
        "address": _("Address"),
    },
    values={
        "kind": dict(PlaceKind.choices),
        "frame": dict(Frame.choices),
        "make_up": dict(MakeUp.choices),
        "management": dict(Management.choices),
        "fields": {"contacts": _("contacts")},
    },
)
