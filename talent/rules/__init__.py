"""What the talent rules say about given facts: pure arithmetic, no database, no clock, no settings."""
