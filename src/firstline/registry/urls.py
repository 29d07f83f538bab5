"""Addresses of lists, numbers and search."""

from django.urls import path

from firstline.registry import views

app_name = "registry"
urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/new/", views.import_start, name="import_start"),
    path("lists/<uuid:file_id>/", views.review, name="review"),
    path("lists/<uuid:file_id>/progress/", views.import_progress, name="progress"),
    path("lists/<uuid:file_id>/drop/", views.drop, name="drop"),
    path("lists/<uuid:file_id>/numbers/", views.show_numbers, name="show_numbers"),
    path("lists/<uuid:file_id>/finish/", views.finish, name="finish"),
    path("lists/<uuid:file_id>/accept/", views.accept, name="accept"),
    path("lists/<uuid:file_id>/discard/", views.discard, name="discard"),
    path("doors/<uuid:door_id>/numbers/", views.numbers, name="numbers"),
    path("search/", views.search, name="search"),
]
