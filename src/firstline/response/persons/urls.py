"""Addresses of one's own page, and of putting somebody's details right."""

from django.urls import path

from firstline.response.persons import views

urlpatterns = [
    path("me/", views.own, name="own"),
    path("me/details/", views.own_details, name="own_details"),
    path("me/away/", views.own_absence, name="own_absence"),
    path("me/away/<uuid:absence_id>/over/", views.own_absence_over, name="own_absence_over"),
    path("answers/people/<uuid:person_id>/details/", views.details, name="put_right"),
]
