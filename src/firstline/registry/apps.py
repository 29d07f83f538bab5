from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from firstline.kernel import gap_sources, navigation
from firstline.kernel.navigation import NavItem


class RegistryConfig(AppConfig):
    name = "firstline.registry"
    label = "registry"

    def ready(self) -> None:
        from firstline.registry import errors, gaps  # noqa: F401  # constraints find their words

        gap_sources.register(gaps.open_lists)
        navigation.register(NavItem(_("Lists"), "registry:lists", 30, "registry.read_lists", phone=False))
