"""The pages of sheets and meetings."""
