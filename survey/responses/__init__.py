"""Responses: what was answered.

Words: a *respondent* fills in a survey by link; a *response* is one row with a document of all answers; the *form id* is
made with the page and unique for ever, so that a double click, a retry or a second tab is the same response; a *voice*
says whose it is (customer, former customer, employee: verified; unverified: anybody with the open link); the *channel*
says how it came. Preview is the same page in another mode. Emits `ResponseSubmitted`, `ResponseUncounted`,
`ResponseCountedAgain`, `ResponseWithdrawn`, `DoubtsChanged`. A *doubt* is a machine's reason to think that no person answered;
it refuses nothing.
"""
