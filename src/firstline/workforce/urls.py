"""Addresses of duty and of who there is."""

from django.urls import path

from firstline.workforce import views
from firstline.workforce.lists.urls import urlpatterns as lists

app_name = "workforce"
urlpatterns = [
    path("duty/", views.duty, name="duty"),
    path("duty/sign/", views.sign, name="sign"),
    path("duty/sign-for/", views.sign_for, name="sign_for"),
    *lists,
]
