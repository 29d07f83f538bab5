from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "firstline.sync"
    label = "sync"

    def ready(self) -> None:
        from firstline.kernel import gap_sources
        from firstline.sync.kept.gaps import WAITING

        gap_sources.register_waiting(*WAITING)
