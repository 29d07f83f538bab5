"""Addresses of the re-check, below the census."""

from django.urls import path

from firstline.census.recheck import views

urlpatterns = [
    path("rechecks/", views.recheck, name="recheck"),
    path("rechecks/<uuid:recheck_id>/assign/", views.assign, name="recheck_assign"),
    path("rechecks/<uuid:recheck_id>/figures/", views.figures, name="recheck_figures"),
    path("rechecks/buildings/<uuid:building_id>/", views.differences, name="recheck_differences"),
    path("rechecks/buildings/<uuid:building_id>/decide/", views.decide, name="recheck_decide"),
    path("rechecks/buildings/<uuid:building_id>/settle/", views.settle, name="recheck_settle"),
    path("my-rechecks/", views.my_rechecks, name="my_rechecks"),
    path("my-rechecks/<uuid:building_id>/", views.building, name="recheck_building"),
    path("my-rechecks/<uuid:building_id>/door/", views.finding, name="recheck_finding"),
    path("my-rechecks/<uuid:building_id>/close/", views.close, name="recheck_close"),
]
