from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        from firstline.census import errors, listeners  # noqa: F401  # they register themselves
        from firstline.census.callbacks import errors as call_errors  # noqa: F401
        from firstline.census.callbacks import gaps as calls
        from firstline.census.callbacks import listeners as call_listeners  # noqa: F401
        from firstline.census.callbacks import wording as call_wording  # noqa: F401
        from firstline.census.channels import errors as channels  # noqa: F401
        from firstline.census.gaps import doors_left
        from firstline.census.paper import gaps as paper
        from firstline.census.paper import listeners as paper_listeners  # noqa: F401
        from firstline.census.paper import wording as paper_wording  # noqa: F401
        from firstline.census.phone import errors as phone  # noqa: F401
        from firstline.census.recheck.gaps import WAITING as RECHECKS
        from firstline.census.recheck.selectors import FIND
        from firstline.census.selectors import READ
        from firstline.census.walk import errors as walk  # noqa: F401
        from firstline.kernel import gap_sources, navigation

        gap_sources.register(doors_left)
        gap_sources.register_waiting(*paper.WAITING, *calls.WAITING)
        gap_sources.register_waiting(*RECHECKS)
        navigation.register(navigation.NavItem(_("Census"), "census:campaigns", 25, READ))
        navigation.register(navigation.NavItem(_("To walk again"), "census:my_rechecks", 15, FIND))
        navigation.register(navigation.NavItem(_("Walking list"), "census:walk", 15, "census.record_attempt"))
