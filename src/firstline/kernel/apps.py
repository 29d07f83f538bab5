from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "firstline.kernel"
    label = "kernel"
