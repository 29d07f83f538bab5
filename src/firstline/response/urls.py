"""Addresses of emergencies and their keys."""

from django.urls import path

from firstline.response import views
from firstline.response.answering.urls import urlpatterns as answering

app_name = "response"
urlpatterns = [
    path("keys/", views.keys, name="keys"),
    path("keys/<uuid:emergency_id>/end/", views.end, name="end"),
    path("keys/<uuid:emergency_id>/propose/", views.propose, name="propose"),
    path("keys/<uuid:emergency_id>/confirm/", views.confirm, name="confirm"),
    path("keys/<uuid:emergency_id>/copy/", views.register_copy, name="register_copy"),
    path("keys/copies/<uuid:copy_id>/destroyed/", views.copy_destroyed, name="copy_destroyed"),
    *answering,
]
