from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        from firstline.census import errors, listed, listeners  # noqa: F401  # they register themselves
        from firstline.census.gaps import doors_left
        from firstline.census.logs import handed_over, jobs  # noqa: F401
        from firstline.census.recheck.gaps import WAITING as RECHECKS
        from firstline.census.recheck.selectors import FIND
        from firstline.census.selectors import READ
        from firstline.kernel import gap_sources, navigation
        from firstline.registry import handing_over

        gap_sources.register(doors_left)
        logs = handing_over.Keeper(_("Visit logs and call lists"), "census:logs", "census.read_logs")
        handing_over.register(logs, handed_over.take)
        gap_sources.register_waiting(*RECHECKS)
        navigation.register(navigation.NavItem(_("Census"), "census:campaigns", 25, READ))
        navigation.register(navigation.NavItem(_("To walk again"), "census:my_rechecks", 15, FIND))
