from django.urls import path

from firstline.census.callbacks import views

urlpatterns = [
    path("callbacks/", views.calls, name="callbacks"),
    path("callbacks/log/", views.log, name="callback-log"),
    path("callbacks/undo/", views.undo, name="callback-undo"),
    path("callbacks/reading/", views.read_lines, name="callback-reading"),
    path("callbacks/number/", views.number, name="callback-number"),
    path("callbacks/hand-over/", views.pass_on, name="callback-hand-over"),
    path("callbacks/<uuid:callback_id>/", views.call, name="callback"),
    path("callbacks/<uuid:callback_id>/steps/", views.step, name="callback-step"),
]
