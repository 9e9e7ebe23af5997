"""Appointments: what can be booked, when there is room, and what becomes of a booking.

A booking is a case like any other. Nobody is booked twice: the database holds that no two bookings
take the same place at the same time.
"""
