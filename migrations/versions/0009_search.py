"""Full-text search of comments."""

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
