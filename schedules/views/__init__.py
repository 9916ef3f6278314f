"""Pages of working from home, one module a family."""
