"""How a case is told: its lines, its stages and its limits, in words for whoever reads them."""
