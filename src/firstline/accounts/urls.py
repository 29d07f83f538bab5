"""Addresses of a person's own session, beside those of allauth, of the phones and of the second factor."""

from django.urls import path

from firstline.accounts import views
from firstline.accounts.devices.urls import urlpatterns as devices
from firstline.accounts.second_factor.urls import urlpatterns as second_factor

app_name = "accounts"
urlpatterns = [
    path("lock/", views.lock, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
    *devices,
    *second_factor,
]
