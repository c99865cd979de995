"""Departures: the record of every person who left.

Words: a *departure* is one person leaving, however we learned of it (import, staff, exit survey); it is *matched* when
we know who left, else counted apart; its *value* is frozen at that moment; its *reasons* stand side by side by *layer*:
stated (the person's own), suggested (read in their words by the machine); none overwrites another, and each layer has
one primary reason. The *lost page* shows people first, then value; a person's page tells their story. *Parts* part everybody
who left: by decision, by control, by how we know; a *run* is their months against the median.
"""
