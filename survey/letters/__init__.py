"""Letters: everything that Hearback writes to anybody, on one outbox.

Words: a *letter* is one message to one recipient, of one *kind*, a row in the outbox from the moment that it is decided;
a *topic* is what a recipient may say no to; a *mailing* is many letters that are sent, slowed down and stopped together;
a *suppression* is an address that is not written to any more, kept as a salted hash so that it outlives the person's record.
Every letter passes `permission` in the transaction that lets it go. What it says is asked for when it is sent, of the room
that posted it, as a `Paper`: secrets of links are made then and are stored nowhere.
"""
