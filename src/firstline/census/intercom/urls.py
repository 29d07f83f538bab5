from django.urls import path

from firstline.census.intercom import views

urlpatterns = [
    path("intercom/", views.rounds, name="intercom"),
    path("intercom/<uuid:building_id>/", views.panel, name="intercom_panel"),
    path("intercom/doors/<uuid:door_id>/", views.ring, name="ring"),
]
