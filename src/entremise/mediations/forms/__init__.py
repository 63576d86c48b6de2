"""Forms of formal mediations."""
