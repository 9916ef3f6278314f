"""Every address of the product: one prefix an app, the API under one version."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from config import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sehat/", views.health, name="health"),
    path("luring/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("design/", views.design, name="design"),
    path("pegawai/", include("personnel.urls")),
    path("presensi/", include("attendance.urls")),
    path("log/", include("worklogs.urls")),
    path("talenta/", include("talent.urls")),
    path("wfh/", include("schedules.urls")),
    path("pantau/", include("evaluation.urls")),
    path("api/v1/", include("personnel.api_urls")),
    path("api/v1/attendance/", include("attendance.api_urls")),
    path("api/v1/logs/", include("worklogs.api_urls")),
    path("api/v1/talent/", include("talent.api_urls")),
    path("api/v1/schedules/", include("schedules.api_urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/v1/", SpectacularSwaggerView.as_view(url_name="api_schema"), name="api_page"),
    path("admin/", admin.site.urls),
]
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.failed"
