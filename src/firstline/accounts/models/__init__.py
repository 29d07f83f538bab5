"""People who log in and what they may do where, and the phones that act for them with no network."""

from firstline.accounts.models.devices import Device, DeviceGrant, Invitation
from firstline.accounts.models.people import FormerDetails, Login, LoginManager, Person, PersonDetails, RoleGrant

__all__ = [
    "Device",
    "DeviceGrant",
    "FormerDetails",
    "Invitation",
    "Login",
    "LoginManager",
    "Person",
    "PersonDetails",
    "RoleGrant",
]
