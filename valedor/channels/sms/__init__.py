"""Short messages, out and in, through a gateway that the organisation runs."""
