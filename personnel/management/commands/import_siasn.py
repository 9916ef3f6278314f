"""`manage.py import_siasn`: the SIASN personnel file, also for the nightly run."""

from personnel.actions import importing
from personnel.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Takes over a SIASN Data Utama file; the same file twice changes nothing."
    deed = importing.import_siasn
