"""The mirror: what leaders themselves do about customers, and the monthly look at who was lost.

Words: an *entry* is one time that a leader spoke with a customer, visited the front line, or was a customer of ours (or let
a friend be one), with what was learned; the *mirror* (`/mirror`) shows each leader their own entries, and of others' only
what they learned: nobody is compared. A *loss review* (`/loss-review/<yyyy-mm>`) looks at the people lost in a month;
its *decisions* say who does what until when, and the next month's page begins with them.
"""
