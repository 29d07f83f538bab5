"""Addresses of the pages of logs, below those of the census."""

from django.urls import path

from firstline.census.logs import views

urlpatterns = [
    path("logs/", views.logs, name="logs"),
    path("logs/<uuid:log_id>/", views.log, name="log"),
    path("logs/<uuid:log_id>/step/", views.step, name="log_step"),
    path("logs/<uuid:log_id>/rows/", views.settle, name="log_settle"),
    path("logs/<uuid:log_id>/word/", views.word, name="log_word"),
    path("logs/<uuid:log_id>/take-back/", views.unsettle, name="log_unsettle"),
]
