"""What columns of lists may say, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.registry.reading.codes import Meaning

# Those that are read.
MEANINGS: dict[str, str | Promise] = {
    Meaning.DOOR: _("Door"),
    Meaning.BUILDING: _("Building"),
    Meaning.UNIT: _("Unit"),
    Meaning.BUILDING_UNIT: _("Building and unit"),
    Meaning.FLOOR: _("Floor"),
    Meaning.ROOM: _("Room"),
    Meaning.UNIT_ROOM: _("Unit and room"),
    Meaning.BUILDING_ROOM: _("Building and room"),
    Meaning.NAME: _("Name"),
    Meaning.PHONE: _("Phone"),
    Meaning.ID_NUMBER: _("Document"),
    Meaning.PERSONS: _("Persons"),
    Meaning.REMARK: _("Remark"),
    Meaning.RELATION: _("Relation"),
    Meaning.TENANT_NAME: _("Tenant"),
    Meaning.TENANT_PHONE: _("Tenant's phone"),
    Meaning.TENANT_ID: _("Tenant's document"),
    Meaning.MEMBERS: _("Other members"),
}
# Those whose cells stay with the row, and are not read further.
NOT_READ: dict[str, str | Promise] = {
    Meaning.NUMBER: _("Running number"),
    Meaning.OTHER: _("not used"),
}
