"""Addresses of who there is."""

from django.urls import path

from firstline.workforce.lists import views

urlpatterns = [
    path("staff/", views.staff, name="staff"),
    path("staff/import/", views.bring, name="people_import"),
    path("staff/move/", views.regroup, name="regroup"),
    path("staff/lists/<uuid:list_id>/", views.one_list, name="people_list"),
    path("staff/lists/<uuid:list_id>/fix/", views.fix, name="people_fix"),
    path("staff/lists/<uuid:list_id>/columns/", views.columns, name="people_columns"),
    path("staff/lists/<uuid:list_id>/accept/", views.accept, name="people_accept"),
    path("staff/lists/<uuid:list_id>/take-back/", views.take_back, name="people_take_back"),
    path("staff/lists/<uuid:list_id>/discard/", views.discard, name="people_discard"),
]
