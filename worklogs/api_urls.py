"""Addresses of this app under the versioned API."""

from django.urls import path

from worklogs import api

urlpatterns = [
    path("entries/", api.Entries.as_view(), name="api_log_entries"),
    path("days/submit/", api.SubmitDay.as_view(), name="api_log_day_submit"),
    path("entries/<int:entry_id>/decide/", api.Decide.as_view(), name="api_log_entry_decide"),
]
