"""Addresses of talent under the versioned API."""

from django.urls import path

from talent import api

urlpatterns = [path("my-box/", api.MyBox.as_view(), name="api_my_box")]
