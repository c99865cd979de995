"""Campaigns, their reminders and event triggers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    moment, id = survey.foundation.db.Moment(timezone=True), survey.foundation.db.Id()
    op.create_table('campaign',
    sa.Column('id', id, nullable=False),
    sa.Column('survey_id', id, nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.Column('audience', document, nullable=False),
    sa.Column('words', document, nullable=False),
    sa.Column('reminders', sa.Integer(), nullable=False),
    sa.Column('reminder_days', sa.Integer(), nullable=False),
    sa.Column('link_days', sa.Integer(), nullable=True),
    sa.Column('made_by', id, nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('started_at', moment, nullable=True),
    sa.Column('ended_at', moment, nullable=True),
    sa.Column('look_at', moment, nullable=True),
    sa.Column('cursor', id, nullable=True),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint("standing IN ('draft', 'queueing', 'running', 'finished', 'ended')", name=op.f('ck_campaign_standing')),
    sa.CheckConstraint("reminders BETWEEN 0 AND 2 AND reminder_days > 0", name=op.f('ck_campaign_reminders')),
    sa.ForeignKeyConstraint(['id'], ['mailing.id'], name=op.f('fk_campaign_id_mailing')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_campaign_survey_id_survey')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_campaign_made_by_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign'))
    )
    op.create_index('ix_campaign_survey', 'campaign', ['survey_id', 'id'])
    op.create_index(op.f('ix_campaign_look_at'), 'campaign', ['look_at'])
    op.create_table('campaign_member',
    sa.Column('campaign_id', id, nullable=False),
    sa.Column('person_id', id, nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_member_campaign_id_campaign'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_campaign_member_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'person_id', name=op.f('pk_campaign_member'))
    )
    op.create_table('event_trigger',
    sa.Column('id', id, nullable=False),
    sa.Column('survey_id', id, nullable=False),
    sa.Column('event', sa.String(length=20), nullable=False),
    sa.Column('after_days', sa.Integer(), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('made_by', id, nullable=True),
    sa.CheckConstraint("event IN ('purchase', 'case_closed', 'joined', 'departed', 'returned')", name=op.f('ck_event_trigger_event')),
    sa.CheckConstraint("after_days >= 0", name=op.f('ck_event_trigger_after_days')),
    sa.ForeignKeyConstraint(['id'], ['mailing.id'], name=op.f('fk_event_trigger_id_mailing')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_event_trigger_survey_id_survey')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_event_trigger_made_by_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_trigger'))
    )
    op.create_index(op.f('ix_event_trigger_survey_id'), 'event_trigger', ['survey_id'])
    _point_invitations_to('campaign', 'campaign_id')
    _point_invitations_to('event_trigger', 'trigger_id')
    op.create_index('uq_invitation_campaign', 'invitation', ['campaign_id', 'person_id'], unique=True)
    op.create_index(op.f('ix_invitation_trigger_id'), 'invitation', ['trigger_id'])


def _point_invitations_to(table: str, column: str) -> None:
    """Add a column in place: to build the table anew on SQLite would take with it who has answered."""
    type_ = 'BLOB' if op.get_bind().dialect.name == 'sqlite' else 'UUID'
    op.execute(f'ALTER TABLE invitation ADD COLUMN {column} {type_} CONSTRAINT fk_invitation_{column}_{table} REFERENCES {table} (id)')


def downgrade() -> None:
    op.drop_index(op.f('ix_invitation_trigger_id'), 'invitation')
    op.drop_index('uq_invitation_campaign', 'invitation')
    op.drop_column('invitation', 'trigger_id')
    op.drop_column('invitation', 'campaign_id')
    for name in ('event_trigger', 'campaign_member', 'campaign'):
        op.drop_table(name)
