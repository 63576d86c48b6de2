"""Lists of this module as spreadsheets."""
