"""Addresses of nobody's app."""

from django.urls import path

from firstline.web import field, views

app_name = "web"
urlpatterns = [
    path("ping/", views.ping, name="ping"),
    path("field/", field.page, name="field"),
    path("field/sw.js", field.worker, name="field_worker"),
    path("field/manifest.webmanifest", field.manifest, name="field_manifest"),
]
