from django.apps import AppConfig


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.census import errors, listeners  # noqa: F401  # they register themselves
        from firstline.census.gaps import doors_left
        from firstline.kernel import gap_sources
        from firstline.kernel.navigation import NavItem, register

        gap_sources.register(doors_left)
        register(NavItem(_("Walking list"), "census:walk", 15, "census.record_attempt"))
        register(NavItem(_("Channels"), "census:channels", 25, "census.choose_channels", phone=False))
