from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "firstline.notify"
    label = "notify"
