"""Departures: the record of every person who left, and what is done to understand them and win them back.

Words: a *departure* is one person leaving, however we learned of it (import, staff, exit survey); it is *matched* when
we know who left, else counted apart; its *value* is frozen at that moment; its *reasons* stand side by side by *layer*:
stated (the person's own), suggested (read in their words by the machine), coded (staff, after listening), root cause; none
overwrites another, and each layer has one primary reason. The *lost page* shows people first, then value; a person's page
tells their story.

A *recovery case* opens when a departure becomes known (never for imported history): its table of states and events is
`rules/cases.py`, its *history* is only ever added to, its *wait* runs until somebody spoke with the person. Listening comes
before any *offer*, putting right before money. A *promise* is what we mend, an offer what we add. A case that is *held out*
was drawn by chance to be left alone.

*Parts* part everybody who left: by decision, by control, by how we know; a *run* is their months against the median.
"""
