"""Letters on paper: printed, posted with proof, or handed over."""
