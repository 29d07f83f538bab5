"""Addresses of night entry and of its second typing, within those of the census."""

from django.urls import path

from firstline.census.entry_checks import views as checks
from firstline.census.night import views

urlpatterns = [
    path("", views.start, name="night"),
    path("<uuid:compound_id>/", views.grid, name="night_grid"),
    path("sheets/<uuid:sheet_id>/take-back/", views.take_back, name="night_take_back"),
    path("checks/", checks.checks, name="entry_checks"),
    path("checks/<uuid:check_id>/again/", checks.again, name="enter_again"),
    path("checks/<uuid:check_id>/differences/", checks.differences, name="entry_differences"),
]
