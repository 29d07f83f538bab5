from django.urls import path

from firstline.census.pictures import views

urlpatterns = [
    path("coverage/", views.curve, name="curve"),
    path("coverage/left/", views.compounds_left, name="compounds_left"),
    path("tonight/", views.tonight, name="tonight"),
]
