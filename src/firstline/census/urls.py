from django.urls import path

from firstline.census import views

app_name = "census"
urlpatterns = [
    path("compounds/<uuid:compound_id>/", views.compound, name="compound"),
    path("buildings/<uuid:building_id>/", views.building, name="building"),
    path("doors/<uuid:door_id>/", views.door, name="door"),
    path("doors/<uuid:door_id>/panel/", views.door_panel, name="panel"),
    path("doors/<uuid:door_id>/reading/", views.read_line, name="reading"),
    path("doors/<uuid:door_id>/attempts/", views.record, name="record"),
    path("attempts/<uuid:attempt_id>/void/", views.void, name="void"),
]
