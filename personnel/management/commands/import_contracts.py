"""`manage.py import_contracts`: the file of contracts with their own hours."""

from personnel.actions import importing
from personnel.management.importing import ImportCommand


class Command(ImportCommand):
    help = "States weekly minutes and last day of contracts (NIP, MENIT PER PEKAN, BERAKHIR)."
    deed = importing.import_contracts
    is_dated = False
