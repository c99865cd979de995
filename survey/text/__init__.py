"""Reading free text: what people wrote, without guessing more than they said.

This room owns findings about comments: language, sentiment, the words that carried it, keywords, suggested reasons.
A finding is stored with the version of its reader. What a machine suggests is marked as such and never overwrites
what a person has decided.

Words: a *reading* is everything found in one comment; *text sentiment* comes from the words alone, *sentiment* also
knows what was asked and how the person rated; *no signal* means that the words do not tell; *not scored* means that
we cannot read this language.
"""
