from django.urls import path

from firstline.census.walk import views

urlpatterns = [
    path("walk/", views.walk, name="walk"),
    path("walk/share/", views.share, name="share"),
    path("walk/share/<uuid:share_id>/again/", views.again, name="share_again"),
    path("walk/share/<uuid:share_id>/move/", views.move, name="move_stairwell"),
]
