"""Addresses of question sets, the containers they count, and pictures; `census.urls` takes them in."""

from django.urls import path

from firstline.census.questions import views

urlpatterns = [
    path("census/questions/", views.questions, name="questions"),
    path("census/questions/choose/", views.choose, name="choose_questions"),
    path("census/questions/along/<slug:name>/workbook/", views.shipped_workbook, name="shipped_workbook"),
    path("census/questions/along/<slug:name>/", views.take_shipped, name="take_shipped"),
    path("census/questions/<uuid:set_id>/", views.question_set, name="question_set"),
    path("census/questions/<uuid:set_id>/workbook/", views.question_workbook, name="question_workbook"),
    path("census/containers/", views.containers, name="containers"),
    path("photos/<uuid:photo_id>/", views.photo, name="photo"),
]
