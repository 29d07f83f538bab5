"""Addresses of the board."""

from django.urls import path

from firstline.gaps import views

app_name = "gaps"
urlpatterns = [path("", views.home, name="home")]
