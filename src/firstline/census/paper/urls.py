from django.urls import path

from firstline.census.paper import views

urlpatterns = [
    path("paper/", views.paper, name="paper"),
    path("paper/steps/", views.step, name="paper-step"),
    path("paper/undo/", views.undo, name="paper-undo"),
    path("paper/pile/", views.pile, name="paper-pile"),
    path("paper/pile/reading/", views.read_lines, name="paper-reading"),
    path("paper/print/", views.print_new, name="paper-print"),
    path("paper/batches/<uuid:batch_id>/", views.batch, name="paper-batch"),
    path("paper/batches/<uuid:batch_id>.pdf", views.printed, name="paper-pdf"),
    path("paper/batches/<uuid:batch_id>/spoil/", views.spoil_batch, name="paper-spoil"),
]
