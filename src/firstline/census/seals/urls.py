"""Addresses of seals, below the census."""

from django.urls import path

from firstline.census.seals import views

urlpatterns = [
    path("seals/", views.seals, name="seals"),
    path("doors/<uuid:door_id>/seal/", views.put_on, name="seal_set"),
    path("seals/<uuid:seal_id>/check/", views.check, name="seal_check"),
]
