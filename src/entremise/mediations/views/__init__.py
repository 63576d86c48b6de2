"""Pages of formal mediations."""
