"""The forms of sheets and meetings."""
