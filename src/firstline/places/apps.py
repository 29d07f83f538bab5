from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "firstline.places"
    label = "places"
