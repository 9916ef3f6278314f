"""`manage.py import_units`: the file of units with flags and work locations."""

from personnel.actions import importing
from personnel.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Opens units with their traits and places (KODE, NAMA, JENIS, KODE INDUK, ...)."
    deed = importing.import_units
