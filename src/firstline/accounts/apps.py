from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "firstline.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.accounts import listeners  # noqa: F401  # hears of places that went over into others
        from firstline.accounts.desk_lock import refuse_locked, watch_logins
        from firstline.accounts.devices.gaps import WAITING
        from firstline.accounts.devices.selectors import READ
        from firstline.accounts.second_factor.gate import actor_of
        from firstline.accounts.selectors import actor_of_person, addresses_of, names_of
        from firstline.kernel import gap_sources, navigation, ports

        ports.fill_actor(actor_of)
        ports.fill_person(actor_of_person)
        ports.fill_names(names_of)
        ports.fill_addresses(addresses_of)
        ports.fill_lock(refuse_locked)
        gap_sources.register_waiting(*WAITING)
        navigation.register(navigation.NavItem(_("Phones"), "accounts:devices", 40, READ, phone=False))
        watch_logins()
