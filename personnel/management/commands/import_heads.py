"""`manage.py import_heads`: the file of heads of units, Plt and Plh."""

from personnel.actions import importing
from personnel.management.importing import ImportCommand


class Command(ImportCommand):
    help = "States who leads which unit (KODE UNIT, NIP, STATUS, MULAI, SAMPAI, DASAR)."
    deed = importing.import_heads
