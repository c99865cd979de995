"""Marks on the time line, and saved views of results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    id, moment = survey.foundation.db.Id(), survey.foundation.db.Moment(timezone=True)
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    op.create_table('mark',
    sa.Column('id', id, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('words', sa.String(length=120), nullable=False),
    sa.Column('survey_id', id, nullable=True),
    sa.Column('made_by', id, nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('removed_by', id, nullable=True),
    sa.Column('removed_at', moment, nullable=True),
    sa.CheckConstraint("kind IN ('competitor', 'price', 'product', 'staff', 'place', 'press', 'other')", name=op.f('ck_mark_kind')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_mark_made_by_users')),
    sa.ForeignKeyConstraint(['removed_by'], ['users.id'], name=op.f('fk_mark_removed_by_users')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_mark_survey_id_survey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark'))
    )
    op.create_index('ix_mark_day', 'mark', ['day'])
    op.create_table('saved_view',
    sa.Column('id', id, nullable=False),
    sa.Column('survey_id', id, nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('address', document, nullable=False),
    sa.Column('made_by', id, nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_saved_view_made_by_users')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_saved_view_survey_id_survey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('survey_id', 'name', name=op.f('uq_saved_view_survey_id'))
    )


def downgrade() -> None:
    op.drop_table('saved_view')
    op.drop_table('mark')
