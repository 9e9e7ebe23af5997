"""Paper: receipts and letters as PDF."""
