"""Addresses of a person's own session, beside those of allauth, and of the phones."""

from django.urls import path

from firstline.accounts import views
from firstline.accounts.devices.urls import urlpatterns as devices

app_name = "accounts"
urlpatterns = [path("lock/", views.lock, name="lock"), path("unlock/", views.unlock, name="unlock"), *devices]
