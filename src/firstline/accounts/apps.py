from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "firstline.accounts"
    label = "accounts"

    def ready(self) -> None:
        from firstline.accounts.selectors import actor_of
        from firstline.kernel import ports

        ports.fill_actor(actor_of)
