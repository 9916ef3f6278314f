"""What regulation and policy say about daily logs: plain Python, no database, no clock."""
