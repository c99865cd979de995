"""Why people leave: the taxonomy of reasons.

This room owns the codes. A code is never renamed and never used again for something else: a new meaning gets
a new code and a new version of the taxonomy, and retired codes stay on the history that used them.

Words: a *code* ("P2"), its *label* for leaders ("Price rise"), its *customer wording* ("The price went up"),
*control* (could we have prevented it), *will* (whose decision it was), and four layers that never overwrite each
other: *stated* by the customer, *suggested* from their words, *coded* by staff after listening, and *root cause*.
*Reason words* are how other systems and people write a reason, with the code that a leader chose for them.
"""
