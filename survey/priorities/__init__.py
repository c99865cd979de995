"""Priorities: the reasons that so many people left for that somebody has to answer for them.

Words: a *theme* is a reason of the taxonomy, or words of a leader's own; it is *watched* until enough people left for it
within 90 days (`rules.threshold`), then it is a *priority*, is *owned* by one accountable leader, *acting* while an
improvement answers it, and *settled* when its owner says so; it comes back when people go on leaving for it.
The page is `/priorities`. What answers a reason is known higher up and injected.
"""
