"""Public messages: what somebody wrote about the house where everybody reads it. They become a case
only when their author agrees (docs/guides/public-messages.md).
"""
