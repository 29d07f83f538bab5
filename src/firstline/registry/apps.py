from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "firstline.registry"
    label = "registry"
