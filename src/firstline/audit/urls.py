from django.urls import path

from firstline.audit import views

app_name = "audit"
urlpatterns = [path("ledger/", views.ledger, name="ledger"), path("ledger/copy/", views.copy, name="copy")]
