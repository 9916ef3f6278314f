"""The arithmetic of working from home: plain Python, no database and no clock."""
