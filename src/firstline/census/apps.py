from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        from firstline.census import errors, listeners  # noqa: F401  # they register themselves
        from firstline.census.callbacks import gaps as calls
        from firstline.census.callbacks import listeners as call_listeners  # noqa: F401
        from firstline.census.callbacks import wording as call_wording  # noqa: F401
        from firstline.census.gaps import doors_left
        from firstline.census.paper import gaps as paper
        from firstline.census.paper import listeners as paper_listeners  # noqa: F401
        from firstline.census.paper import wording as paper_wording  # noqa: F401
        from firstline.census.selectors import READ
        from firstline.kernel import gap_sources, navigation

        gap_sources.register(doors_left)
        gap_sources.register_waiting(*paper.WAITING, *calls.WAITING)
        navigation.register(navigation.NavItem(_("Census"), "census:campaigns", 25, READ))
