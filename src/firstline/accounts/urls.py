"""Addresses of a person's own session, beside those of allauth."""

from django.urls import path

from firstline.accounts import views

app_name = "accounts"
urlpatterns = [path("lock/", views.lock, name="lock"), path("unlock/", views.unlock, name="unlock")]
