"""`manage.py import_superiors`: the file of direct superiors."""

from personnel.actions import importing
from personnel.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Places people under their superiors (NIP, NIP ATASAN, BERLAKU MULAI)."
    deed = importing.import_superiors
