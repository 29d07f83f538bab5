"""Addresses of lit windows, below the census."""

from django.urls import path

from firstline.census.lights import views

urlpatterns = [
    path("lights/", views.lights, name="lights"),
    path("buildings/<uuid:building_id>/lights/", views.building, name="lights_building"),
]
