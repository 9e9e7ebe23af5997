"""General recommendations of the office to the company, and what became of them."""
