"""Addresses of this app, one list a noun."""

from django.urls import path

from worklogs.views import cards, compliance, log, validation

app_name = "worklogs"

days = [
    path("", log.day_list, name="day_list"),
    path("hari/salin/", log.day_copy, name="day_copy"),
    path("hari/kirim/", log.day_submit, name="day_submit"),
    path("pekan/kirim/", log.week_submit, name="week_submit"),
]
entries = [
    path("kegiatan/", log.entry_write, name="entry_write"),
    path("kegiatan/<int:entry_id>/ubah/", log.entry_change, name="entry_change"),
    path("kegiatan/<int:entry_id>/hapus/", log.entry_delete, name="entry_delete"),
    path("kegiatan/<int:entry_id>/gandakan/", log.entry_duplicate, name="entry_duplicate"),
    path("kegiatan/<int:entry_id>/favorit/", log.favourite_keep, name="favourite_keep"),
    path("kegiatan/<int:entry_id>/riwayat/", log.entry_history, name="entry_history"),
    path("favorit/<int:favourite_id>/hapus/", log.favourite_drop, name="favourite_drop"),
]
decisions = [
    path("validasi/", validation.validation, name="validation"),
    path("validasi/putuskan/", validation.validation_decide, name="validation_decide"),
    path("validasi/urungkan/", validation.validation_undo, name="validation_undo"),
    path("validasi/<int:entry_id>/buka/", validation.entry_reopen, name="entry_reopen"),
]
others = [
    path("kepatuhan/", compliance.compliance, name="compliance"),
    path("kartu/hari-ini/", cards.card_today, name="card_today"),
    path("kartu/menunggu/", cards.card_waiting, name="card_waiting"),
]
urlpatterns = [*days, *entries, *decisions, *others]
