"""Addresses of the ground: signing in, the account, search, notices, jobs, people and units."""

from django.urls import path

from personnel.views import account, accounts, directory, imports, jobs, my_data, notices, oversight, search, session

app_name = "personnel"

session_urls = [
    path("masuk/", session.sign_in, name="sign_in"),
    path("masuk/contoh/", session.sign_in_demo, name="sign_in_demo"),
    path("masuk/pertama/", session.first_sign_in, name="first_sign_in"),
    path("keluar/", session.sign_out, name="sign_out"),
    path("awal/", session.first_run, name="first_run"),
]
account_urls = [
    path("akun/", account.account, name="account"),
    path("akun/bahasa/", account.account_set_language, name="account_set_language"),
    path("akun/tampilan/", account.account_set_theme, name="account_set_theme"),
    path("akun/keluar-lainnya/", account.account_sign_out_everywhere, name="account_sign_out_everywhere"),
    path("data-saya/", my_data.my_data, name="my_data"),
    path("data-saya/unduh/", my_data.my_data_export, name="my_data_export"),
    path("akun/sandi/", account.account_change_password, name="account_change_password"),
]
keeping_urls = [
    path("akun-pegawai/", accounts.account_list, name="account_list"),
    path("akun-pegawai/buat/", accounts.account_create, name="account_create"),
    path("akun-pegawai/kode/", accounts.account_issue_codes, name="account_issue_codes"),
    path("akun-pegawai/<int:person_id>/buka/", accounts.account_unlock, name="account_unlock"),
]
notice_urls = [
    path("pemberitahuan/", notices.notice_list, name="notice_list"),
    path("pemberitahuan/baca/", notices.notice_read_all, name="notice_read_all"),
    path("pemberitahuan/<int:notice_id>/", notices.notice_open, name="notice_open"),
]
job_urls = [
    path("pekerjaan/<int:job_id>/", jobs.job_detail, name="job_detail"),
    path("pekerjaan/<int:job_id>/batal/", jobs.job_cancel, name="job_cancel"),
]
directory_urls = [
    path("cari/", search.search, name="search"),
    path("orang/", directory.person_list, name="person_list"),
    path("orang/unduh/", directory.person_export, name="person_export"),
    path("orang/<int:person_id>/", directory.person_detail, name="person_detail"),
    path("orang/<int:person_id>/atasan/", directory.person_set_superior, name="person_set_superior"),
    path("unit/<int:unit_id>/", directory.unit_detail, name="unit_detail"),
]
oversight_urls = [
    path("peran/", oversight.role_list, name="role_list"),
    path("peran/<int:grant_id>/akhiri/", oversight.role_revoke, name="role_revoke"),
    path("jejak/", oversight.audit_list, name="audit_list"),
]
import_urls = [
    path("impor/", imports.import_list, name="import_list"),
    path("impor/<int:batch_id>/", imports.import_detail, name="import_detail"),
    path("impor/<int:batch_id>/ambil/", imports.import_commit, name="import_commit"),
    path("impor/<int:batch_id>/buang/", imports.import_cancel, name="import_cancel"),
    path("impor/<int:batch_id>/ditolak/", imports.import_refused, name="import_refused"),
]
urlpatterns = [
    *import_urls,
    *session_urls,
    *account_urls,
    *keeping_urls,
    *notice_urls,
    *job_urls,
    *directory_urls,
    *oversight_urls,
]
