from django.urls import path

from firstline.places import views

app_name = "places"
urlpatterns = [
    path("compounds/", views.compounds, name="compounds"),
    path("compounds/new/", views.create_compound, name="create_compound"),
    path("compounds/list/", views.import_compounds, name="import_compounds"),
    path("compounds/<uuid:compound_id>/proposals/", views.proposals, name="proposals"),
    path("compounds/<uuid:compound_id>/homes/", views.homes, name="homes"),
    path("doors/<uuid:door_id>/changes/", views.dwelling, name="dwelling"),
    path("doors/<uuid:door_id>/split/", views.split_door, name="split_door"),
    path("doors/<uuid:door_id>/merge/", views.merge_doors, name="merge_doors"),
    path("compounds/<uuid:compound_id>/frame/", views.frame, name="frame"),
    path("compounds/<uuid:compound_id>/frame/preview/", views.frame_preview, name="frame_preview"),
    path("compounds/<uuid:compound_id>/profile/", views.describe, name="describe"),
    path("compounds/<uuid:compound_id>/contacts/", views.contacts, name="contacts"),
    path("declarations/<uuid:declaration_id>/withdraw/", views.withdraw, name="withdraw"),
    path("buildings/<uuid:building_id>/walked/", views.walk, name="walk"),
    path("buildings/<uuid:building_id>/doors/", views.add_door, name="add_door"),
]
