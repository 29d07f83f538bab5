"""Addresses of what is missing."""

from django.urls import path

from firstline.gaps import views
from firstline.gaps.boards import views as boards

app_name = "gaps"
urlpatterns = [
    path("", views.home, name="home"),
    path("board/", boards.board, name="board"),
    path("board/part/", boards.board_part, name="board_part"),
    path("board/confirmed/", boards.confirmed, name="confirmed"),
    path("board/confirmed/<slug:path>/", boards.confirmed_county, name="confirmed_county"),
    path("board/confirm/", boards.confirm, name="confirm"),
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
