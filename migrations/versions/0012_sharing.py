"""What of a survey's results customers may see, and links to it."""

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
