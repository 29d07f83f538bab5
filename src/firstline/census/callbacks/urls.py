from django.urls import path

from firstline.census.callbacks import views

urlpatterns = [
    path("calls/", views.calls, name="callbacks"),
    path("calls/log/", views.log, name="call-log"),
    path("calls/undo/", views.undo, name="call-undo"),
    path("calls/reading/", views.read_lines, name="call-reading"),
    path("calls/number/", views.number, name="call-number"),
    path("calls/hand-over/", views.pass_on, name="call-hand-over"),
    path("calls/<uuid:callback_id>/", views.call, name="call"),
    path("calls/<uuid:callback_id>/steps/", views.step, name="call-step"),
]
