from django.apps import AppConfig


class CensusConfig(AppConfig):
    name = "firstline.census"
    label = "census"
