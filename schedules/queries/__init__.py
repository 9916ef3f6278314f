"""What pages, exports and the rotation need to know about working from home."""
