"""Invitations: personal links.

Words: an *invitation* is one person's own address `/r/<token>` for one survey (only the token's hash is kept); a
*participation* is the fact that it was used, once: its row is UNIQUE and NOT NULL, so two tabs give one answer.
"""
