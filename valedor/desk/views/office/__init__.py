"""The pages of the ombudsman's office, and the company's page of what the office asks."""
