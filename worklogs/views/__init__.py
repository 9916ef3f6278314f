"""Pages of the log, by family."""
