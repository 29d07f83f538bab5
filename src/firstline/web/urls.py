"""Addresses of nobody's app."""

from django.urls import path

from firstline.web import views

app_name = "web"
urlpatterns = [path("ping/", views.ping, name="ping")]
