"""Notes, pins, assignments and read marks of comments."""

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
