"""The roof: monitoring and evaluation. Reads everything through the other apps, owns little."""
