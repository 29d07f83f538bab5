"""Addresses of who answers. A place's path stands in its address as it is: digits, a letter for posts, slashes."""

from django.urls import path, re_path

from firstline.response.answering import views

_PATH = r"(?P<path>[0-9][0-9A-Z/]{0,60}[0-9])"

urlpatterns = [
    path("answers/", views.table, name="answers"),
    path("answers/assign/", views.assign, name="assign"),
    path("answers/hand-over/", views.hand_over, name="hand_over"),
    path("answers/end/", views.end, name="end_responsibility"),
    path("answers/take-back/", views.take_back, name="take_back_answers"),
    path("answers/limits/", views.limits, name="load_limits"),
    path("answers/people/<uuid:person_id>/", views.person, name="answering_person"),
    path("answers/people/<uuid:person_id>/phone/", views.person_phone, name="person_phone"),
    path("answers/people/<uuid:person_id>/away/", views.away, name="absence"),
    path("answers/absences/<uuid:absence_id>/over/", views.absence_over, name="absence_over"),
    path("answers/households/", views.households, name="households"),
    path("answers/households/names/", views.five_role, name="five_role"),
    path("answers/households/<uuid:household_id>/", views.household, name="household"),
    path("answers/households/<uuid:household_id>/five/", views.five, name="name_five"),
    path("answers/households/<uuid:household_id>/release/", views.release, name="release_household"),
    path("doors/<uuid:door_id>/five/", views.keep, name="keep_household"),
    re_path(rf"^answers/{_PATH}/$", views.place, name="answers_at"),
    re_path(rf"^answers/{_PATH}/panel/$", views.panel, name="answers_panel"),
    re_path(rf"^answers/{_PATH}/phone/$", views.phone, name="answers_phone"),
]
