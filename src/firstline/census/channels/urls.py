from django.urls import path

from firstline.census.channels import views

urlpatterns = [
    path("channels/", views.channels, name="channels"),
    path("channels/<uuid:compound_id>/", views.choose, name="choose_channels"),
]
