"""Orders: what can be ordered, what is asked for it, and what becomes of an order.

An order is a case like any other: its name, its date and its reference are the case's. The person
is told in writing of everything that becomes of it.
"""
