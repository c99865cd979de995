"""Notices for staff and how they want to hear of them."""

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
