from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "firstline.sync"
    label = "sync"

    def ready(self) -> None:
        from firstline.accounts.devices import beside
        from firstline.kernel import gap_sources
        from firstline.sync.kept.gaps import WAITING
        from firstline.sync.kept.kept_page import beside_phones

        gap_sources.register_waiting(*WAITING)
        beside.register(beside_phones)
