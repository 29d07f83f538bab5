"""The addresses of online reports; they stand among those of the census."""

from django.urls import path

from firstline.census.online.views import desk, public

urlpatterns = [
    path("r/<str:code>/", public.report, name="report"),
    path("r/<str:code>/back/", public.back, name="report_back"),
    path("online/", desk.online, name="online"),
    path("online/open/", desk.links_open, name="report_links_open"),
    path("online/<uuid:link_id>/close/", desk.link_close, name="report_link_close"),
    path("online/<uuid:link_id>/reissue/", desk.link_reissue, name="report_link_reissue"),
    path("online/<uuid:link_id>/poster.pdf", desk.poster, name="report_poster"),
    path("online/<uuid:place_id>/posters.pdf", desk.all_posters, name="report_posters"),
    path("reports/", desk.reports, name="reports"),
    path("reports/aside/", desk.reports_aside, name="reports_aside"),
    path("reports/<uuid:report_id>/numbers/", desk.report_numbers, name="report_numbers"),
    path("reports/<uuid:report_id>/place/", desk.report_place, name="report_place"),
    path("reports/decisions/<uuid:decision_id>/undo/", desk.report_undo, name="report_undo"),
]
