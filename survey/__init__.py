"""Hearback: hear every customer, especially the ones who left; find out why; fix it; tell them; prove it.

The package is a house of rooms, printed from the ground up (see README.md, "The rooms"):
a room imports only rooms below it; `reactions.py` wires events upwards; `app.py` sees everything.
"""
