"""Access: who works here and what they may do.

Words: a *user* is a member of staff with one *role* (admin, leader, staff, viewer; `foundation.web.Role`); an *invite* is a
one-time link that lets somebody set a name and password (to claim the installation, to join, to choose a new password);
the *audit* is what nobody can take back: who changed what, when. Signing in and out is Flask-Security's.
"""
