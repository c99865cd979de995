"""Notices: what those who work here want to hear of, when, and by which way.

Words: a *notice* tells one member of staff that something happened, inside the application and, as they chose, at once or
once a day by mail; the *weekly letter* tells a leader what moved, what waits and what people said.
"""
