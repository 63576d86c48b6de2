"""What an author takes away: sheets, and the portfolio."""
