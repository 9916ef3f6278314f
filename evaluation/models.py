"""Monitoring reads what the other apps have stored; it keeps nothing of its own."""
