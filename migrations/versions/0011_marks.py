"""Marks on the time line, and saved views of results."""

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
