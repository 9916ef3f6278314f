"""Addresses of talent, one list a noun."""

from django.urls import path

from talent.views import mine, periods, talent_map

app_name = "talent"

my_urls = [
    path("kotak-saya/", mine.my_box, name="my_box"),
    path("kotak-saya/kartu/", mine.my_box_card, name="my_box_card"),
]
map_urls = [
    path("peta/", talent_map.talent_map, name="talent_map"),
    path("peta/<int:period_id>/kotak/<int:box>/", talent_map.cell, name="cell"),
    path("peta/<int:period_id>/di-luar/", talent_map.outside, name="outside"),
    path("penempatan/<int:placement_id>/", talent_map.dossier, name="dossier"),
]
period_urls = [
    path("periode/", periods.period_list, name="period_list"),
    path("periode/buka/", periods.period_open, name="period_open"),
    path("periode/<int:period_id>/", periods.period_detail, name="period_detail"),
    path("periode/<int:period_id>/hitung/", periods.period_compute, name="period_compute"),
    path("periode/<int:period_id>/terbitkan/", periods.period_publish, name="period_publish"),
    path("periode/<int:period_id>/tutup/", periods.period_close, name="period_close"),
]
urlpatterns = [*my_urls, *map_urls, *period_urls]
