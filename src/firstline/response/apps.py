from django.apps import AppConfig


class ResponseConfig(AppConfig):
    name = "firstline.response"
    label = "response"
