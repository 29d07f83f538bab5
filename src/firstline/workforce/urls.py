"""Addresses of duty."""

from django.urls import path

from firstline.workforce import views

app_name = "workforce"
urlpatterns = [
    path("duty/", views.duty, name="duty"),
    path("duty/sign/", views.sign, name="sign"),
    path("duty/sign-for/", views.sign_for, name="sign_for"),
]
