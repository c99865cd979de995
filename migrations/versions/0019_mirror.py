"""Priorities, the mirror and loss reviews."""

import sqlalchemy as sa
from alembic import op

import survey.foundation.db

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    id, moment = survey.foundation.db.Id(), survey.foundation.db.Moment(timezone=True)
    op.create_table('theme',
    sa.Column('id', id, nullable=False),
    sa.Column('code', sa.String(length=3), nullable=True),
    sa.Column('words', sa.String(length=120), nullable=False),
    sa.Column('priority_since', sa.Date(), nullable=False),
    sa.Column('people_then', sa.Integer(), nullable=True),
    sa.Column('base_then', sa.Integer(), nullable=True),
    sa.Column('owner_id', id, nullable=True),
    sa.Column('owned_since', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('settled_words', sa.String(length=300), nullable=False),
    sa.Column('made_by', id, nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.CheckConstraint("code IS NOT NULL OR words <> ''", name=op.f('ck_theme_something')),
    sa.CheckConstraint('settled_on IS NULL OR owner_id IS NOT NULL', name=op.f('ck_theme_somebody_settled')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_theme_owner_id_users')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_theme_made_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme')),
    sa.UniqueConstraint('code', name=op.f('uq_theme_code'))
    )
    op.create_table('mirror_entry',
    sa.Column('id', id, nullable=False),
    sa.Column('leader_id', id, nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('by', sa.String(length=8), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('learned', sa.Text(), nullable=False),
    sa.Column('friction', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=True),
    sa.Column('improvement_id', id, nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.CheckConstraint("kind IN ('customer_conversation', 'frontline_visit', 'own_customer')", name=op.f('ck_mirror_entry_kind')),
    sa.CheckConstraint("by IN ('self', 'friend')", name=op.f('ck_mirror_entry_by')),
    sa.ForeignKeyConstraint(['leader_id'], ['users.id'], name=op.f('fk_mirror_entry_leader_id_users')),
    sa.ForeignKeyConstraint(['improvement_id'], ['improvement.id'], name=op.f('fk_mirror_entry_improvement_id_improvement'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mirror_entry')),
    sa.UniqueConstraint('source', name=op.f('uq_mirror_entry_source'))
    )
    op.create_index('ix_mirror_entry_leader', 'mirror_entry', ['leader_id', 'day', 'id'])
    op.create_index(op.f('ix_mirror_entry_improvement_id'), 'mirror_entry', ['improvement_id'])
    op.create_table('loss_review',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('attendees', sa.String(length=400), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('noted_by', id, nullable=True),
    sa.Column('noted_at', moment, nullable=False),
    sa.ForeignKeyConstraint(['noted_by'], ['users.id'], name=op.f('fk_loss_review_noted_by_users')),
    sa.PrimaryKeyConstraint('month', name=op.f('pk_loss_review'))
    )
    op.create_table('loss_decision',
    sa.Column('id', id, nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.Column('owner_id', id, nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('made_by', id, nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_loss_decision_owner_id_users')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_loss_decision_made_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loss_decision'))
    )
    op.create_index('ix_loss_decision_month', 'loss_decision', ['month', 'id'])


def downgrade() -> None:
    for table in ('loss_decision', 'loss_review', 'mirror_entry', 'theme'):
        op.drop_table(table)
