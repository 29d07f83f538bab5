from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "firstline.notify"
    label = "notify"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from firstline.kernel import gap_sources
        from firstline.notify import kinds
        from firstline.notify.channels import sms
        from firstline.notify.gaps import WAITING
        from firstline.notify.robots import TEST

        sms.adapter()  # a name that is none stops the start
        kinds.register(TEST, _("Test: this group is told what is missing"), _("Test of a robot"))
        gap_sources.register_waiting(*WAITING)
