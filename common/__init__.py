"""Technical ground without models or words of the field."""
