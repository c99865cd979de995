"""Totals of a survey are found without reading its counts: what its answers can be narrowed to is asked for on every page."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'

TOTALS = sa.text("question = '' AND value = ''")


def upgrade() -> None:
    op.create_index('ix_rollup_totals', 'rollup', ['survey_id', 'segment', 'segment_value'],
                    sqlite_where=TOTALS, postgresql_where=TOTALS)


def downgrade() -> None:
    op.drop_index('ix_rollup_totals', 'rollup')
