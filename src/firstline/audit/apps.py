from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "firstline.audit"
    label = "audit"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules
        from django.utils.translation import gettext_lazy as _

        from firstline.audit.ledger import append
        from firstline.kernel import navigation, ports

        ports.fill_ledger(append)
        # Each app says in its own `wording` what its acts are called here.
        autodiscover_modules("wording")
        navigation.register(navigation.NavItem(_("Ledger"), "audit:ledger", 90, "audit.read_ledger", phone=False))
