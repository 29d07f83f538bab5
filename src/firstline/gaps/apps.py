from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "firstline.gaps"
    label = "gaps"
