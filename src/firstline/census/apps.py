from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

# The ways of work of a census, each a room of its own.
ROOMS = (
    "callbacks",
    "channels",
    "entry_checks",
    "intercom",
    "lights",
    "logs",
    "night",
    "online",
    "paper",
    "phone",
    "pictures",
    "questions",
    "rates",
    "recheck",
    "seals",
    "walk",
)
# What registers itself when it is imported.
_SELF_REGISTERING = ("errors", "listeners", "wording", "jobs")


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        from firstline.census import campaigns, errors, listed, listeners, offline  # noqa: F401
        from firstline.census.callbacks.selectors import number_at
        from firstline.census.gaps import WAITING, doors_left
        from firstline.census.logs import handed_over
        from firstline.census.recheck.selectors import FIND
        from firstline.census.selectors import READ
        from firstline.kernel import gap_sources, navigation, ports
        from firstline.registry import handing_over

        campaigns.read_along()
        ports.fill_number(number_at)
        logs = handing_over.Keeper(_("Visit logs and call lists"), "census:logs", "census.read_logs")
        handing_over.register(logs, handed_over.take)
        gap_sources.register(doors_left)
        gap_sources.register_waiting(*WAITING)
        for name in ROOMS:
            room = import_module(f"firstline.census.{name}")
            for part in _SELF_REGISTERING:
                if module_has_submodule(room, part):
                    import_module(f"{room.__name__}.{part}")
            if module_has_submodule(room, "gaps"):
                gap_sources.register_waiting(*import_module(f"{room.__name__}.gaps").WAITING)
        navigation.register(navigation.NavItem(_("Walking list"), "census:walk", 15, "census.record_attempt"))
        navigation.register(navigation.NavItem(_("To walk again"), "census:my_rechecks", 16, FIND))
        navigation.register(navigation.NavItem(_("Census"), "census:campaigns", 25, READ))
