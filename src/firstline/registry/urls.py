"""Addresses of lists, of rows set aside, numbers and search."""

from django.urls import path

from firstline.registry.views import all_lists, one_list, people, rows, under_way

app_name = "registry"
urlpatterns = [
    path("lists/", all_lists.lists, name="lists"),
    path("lists/new/", all_lists.import_start, name="import_start"),
    path("lists/whose/", all_lists.file_loose, name="file_loose"),
    path("lists/accept/", all_lists.accept_many, name="accept_many"),
    path("lists/typed/", rows.type_start, name="type_start"),
    path("lists/typed/<uuid:compound_id>/", rows.typed, name="typed"),
    path("lists/<uuid:file_id>/", one_list.review, name="review"),
    path("lists/<uuid:file_id>/progress/", under_way.progress, name="progress"),
    path("lists/<uuid:file_id>/drop/", under_way.drop, name="drop"),
    path("lists/<uuid:file_id>/numbers/", one_list.show_numbers, name="show_numbers"),
    path("lists/<uuid:file_id>/finish/", one_list.finish, name="finish"),
    path("lists/<uuid:file_id>/accept/", one_list.accept, name="accept"),
    path("lists/<uuid:file_id>/discard/", one_list.discard, name="discard"),
    path("lists/<uuid:file_id>/undo/", one_list.undo, name="undo"),
    path("lists/<uuid:file_id>/changes/", one_list.changes, name="changes"),
    path("lists/<uuid:file_id>/columns/", one_list.columns, name="columns"),
    path("lists/<uuid:file_id>/aside/", rows.aside, name="aside"),
    path("lists/<uuid:file_id>/settle/", rows.settle, name="settle"),
    path("lists/<uuid:file_id>/take-back/", rows.take_back, name="take_back"),
    path("doors/<uuid:door_id>/numbers/", people.numbers, name="numbers"),
    path("search/", people.search, name="search"),
]
