"""What K promises: an area of functions per module, or several modules where an area is large."""
