"""Addresses of what is missing."""

from django.urls import path

from firstline.gaps import views

app_name = "gaps"
urlpatterns = [
    path("", views.home, name="home"),
    path("gaps/", views.gaps, name="list"),
    path("gaps/rules/", views.rules, name="rules"),
    path("gaps/history/", views.history, name="history"),
    path("gaps/past/", views.past, name="past"),
    path("gaps/hand-over/", views.hand_over, name="hand_over"),
    path("gaps/<uuid:gap_id>/", views.gap, name="gap"),
    path("gaps/<uuid:gap_id>/take/", views.take, name="take"),
    path("gaps/<uuid:gap_id>/give-back/", views.give_back, name="give_back"),
    path("gaps/<uuid:gap_id>/dispute/", views.dispute, name="dispute"),
    path("gaps/<uuid:gap_id>/settle/", views.settle, name="settle"),
]
