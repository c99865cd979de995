"""Accounts, merged people, words of reasons."""

import sqlalchemy as sa
from alembic import op

import survey.foundation.db

revision = '0020'
down_revision = '0019'


def upgrade() -> None:
    moment, id = survey.foundation.db.Moment(timezone=True), survey.foundation.db.Id()
    op.add_column('consent', sa.Column('how', sa.String(length=20), server_default='', nullable=False))
    op.create_table('account',
    sa.Column('id', id, nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('tier', sa.String(length=60), nullable=True),
    sa.Column('tier_fixed_on', sa.Date(), nullable=True),
    sa.Column('created_at', moment, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('name', name=op.f('uq_account_name'))
    )
    op.create_table('membership',
    sa.Column('account_id', id, nullable=False),
    sa.Column('person_id', id, nullable=False),
    sa.Column('role', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_membership_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'person_id', name=op.f('pk_membership'))
    )
    op.create_index('ix_membership_person_id', 'membership', ['person_id'])
    op.create_table('merged_person',
    sa.Column('id', id, nullable=False),
    sa.Column('person_id', id, nullable=False),
    sa.Column('external_id', sa.String(length=200), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('merged_at', moment, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_merged_person_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merged_person')),
    sa.UniqueConstraint('external_id', name=op.f('uq_merged_person_external_id'))
    )
    op.create_index('ix_merged_person_email', 'merged_person', ['email'])
    op.create_index('ix_merged_person_person_id', 'merged_person', ['person_id'])
    op.create_table('reason_words',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('code', sa.String(length=3), nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('made_by', id, nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_reason_words_made_by_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_reason_words'))
    )


def downgrade() -> None:
    op.drop_table('reason_words')
    op.drop_table('merged_person')
    op.drop_table('membership')
    op.drop_table('account')
    op.drop_column('consent', 'how')
