from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        import firstline.census.online.errors  # they register themselves
        import firstline.census.online.wording  # noqa: F401
        from firstline.census import errors, listeners  # noqa: F401
        from firstline.census.gaps import doors_left
        from firstline.census.online.gaps import reports_waiting
        from firstline.census.questions import errors as question_errors  # noqa: F401
        from firstline.census.questions import wording  # noqa: F401
        from firstline.census.selectors import READ
        from firstline.kernel import gap_sources, navigation

        gap_sources.register(doors_left)
        gap_sources.register(reports_waiting)
        navigation.register(navigation.NavItem(_("Census"), "census:campaigns", 25, READ))
