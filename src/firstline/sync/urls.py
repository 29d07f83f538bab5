"""Addresses of devices. Each stands in a list of ``hats``, or is answered to nobody."""

from django.urls import path

from firstline.sync import views

app_name = "sync"
urlpatterns = [
    path("sync/v1/alive", views.alive, name="alive"),
    path("sync/v1/enrol", views.enrol, name="enrol"),
    path("sync/v1/wiped", views.wiped, name="wiped"),
]
