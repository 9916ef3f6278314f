"""Arithmetic of attendance in plain Python; `attendance.rules.hours` is the door."""
