"""Letters: the outbox, mailings, suppressions and preferences; who is left alone; the limit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    moment, id = survey.foundation.db.Moment(timezone=True), survey.foundation.db.Id()
    op.create_table('mailing',
    sa.Column('id', id, nullable=False),
    sa.Column('since_hour', sa.Integer(), nullable=False),
    sa.Column('until_hour', sa.Integer(), nullable=False),
    sa.Column('per_hour', sa.Integer(), nullable=True),
    sa.Column('is_quiet', sa.Boolean(), nullable=False),
    sa.Column('full_until', moment, nullable=True),
    sa.Column('stopped_at', moment, nullable=True),
    sa.CheckConstraint("since_hour >= 0 AND since_hour < until_hour AND until_hour <= 24", name=op.f('ck_mailing_hours')),
    sa.CheckConstraint("per_hour IS NULL OR per_hour > 0", name=op.f('ck_mailing_per_hour')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing'))
    )
    op.create_table('letter',
    sa.Column('id', id, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('why', sa.String(length=20), nullable=True),
    sa.Column('server_words', sa.Text(), nullable=False),
    sa.Column('person_id', id, nullable=True),
    sa.Column('user_id', id, nullable=True),
    sa.Column('address', sa.String(length=320), nullable=True),
    sa.Column('address_hash', sa.String(length=64), nullable=True),
    sa.Column('domain', sa.String(length=255), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=True),
    sa.Column('about', id, nullable=True),
    sa.Column('said', document, nullable=False),
    sa.Column('once', sa.String(length=200), nullable=True),
    sa.Column('mailing_id', id, nullable=True),
    sa.Column('posted_at', moment, nullable=False),
    sa.Column('due_at', moment, nullable=False),
    sa.Column('lease_until', moment, nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('tried_at', moment, nullable=True),
    sa.Column('ended_at', moment, nullable=True),
    sa.CheckConstraint("kind <> ''", name=op.f('ck_letter_kind')),
    sa.CheckConstraint("state IN ('queued', 'sending', 'sent', 'bounced', 'failed', 'held', 'stopped')", name=op.f('ck_letter_state')),
    sa.CheckConstraint("person_id IS NULL OR user_id IS NULL", name=op.f('ck_letter_one_recipient')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_person_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_letter_user_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mailing_id'], ['mailing.id'], name=op.f('fk_letter_mailing_id_mailing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('once', name=op.f('uq_letter_once'))
    )
    op.create_index('ix_letter_due', 'letter', ['state', 'due_at'])
    op.create_index('ix_letter_recipient', 'letter', ['address_hash', 'tried_at'])
    op.create_index('ix_letter_mailing', 'letter', ['mailing_id', 'state'])
    op.create_index('ix_letter_pace', 'letter', ['mailing_id', 'tried_at'])
    op.create_index('ix_letter_domain', 'letter', ['domain', 'tried_at'])
    op.create_index(op.f('ix_letter_person_id'), 'letter', ['person_id'])
    op.create_index(op.f('ix_letter_user_id'), 'letter', ['user_id'])
    op.create_index(op.f('ix_letter_about'), 'letter', ['about'])
    op.create_table('suppression',
    sa.Column('id', id, nullable=False),
    sa.Column('address_hash', sa.String(length=64), nullable=False),
    sa.Column('scope', sa.String(length=20), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suppression')),
    sa.UniqueConstraint('address_hash', 'scope', name='uq_suppression_once')
    )
    op.create_table('preference',
    sa.Column('address_hash', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=True),
    sa.Column('least_days', sa.Integer(), nullable=True),
    sa.Column('at', moment, nullable=False),
    sa.CheckConstraint("least_days IS NULL OR least_days > 0", name=op.f('ck_preference_least_days')),
    sa.PrimaryKeyConstraint('address_hash', name=op.f('pk_preference'))
    )
    op.add_column('person', sa.Column('time_zone', sa.String(length=60), nullable=True))
    op.add_column('person', sa.Column('do_not_contact_at', moment, nullable=True))
    op.add_column('person', sa.Column('deceased_on', sa.Date(), nullable=True))
    with op.batch_alter_table('consent') as consent:
        consent.drop_constraint(op.f('ck_consent_purpose'), type_='check')
        consent.create_check_constraint(op.f('ck_consent_purpose'), "purpose IN ('reply', 'updates', 'quote', 'win_back')")
    with op.batch_alter_table('organisation') as organisation:
        organisation.add_column(sa.Column('letter_limit', sa.Integer(), nullable=False, server_default='3'))
        organisation.add_column(sa.Column('letter_days', sa.Integer(), nullable=False, server_default='30'))
        organisation.add_column(sa.Column('letter_salt', sa.LargeBinary(), nullable=True))
    with op.batch_alter_table('organisation') as organisation:
        organisation.alter_column('letter_limit', existing_type=sa.Integer(), server_default=None)
        organisation.alter_column('letter_days', existing_type=sa.Integer(), server_default=None)
        organisation.create_check_constraint(op.f('ck_organisation_letters'), 'letter_limit > 0 AND letter_days > 0')


def downgrade() -> None:
    with op.batch_alter_table('organisation') as organisation:
        organisation.drop_constraint(op.f('ck_organisation_letters'), type_='check')
        for name in ('letter_salt', 'letter_days', 'letter_limit'):
            organisation.drop_column(name)
    op.execute("DELETE FROM consent WHERE purpose = 'win_back'")
    with op.batch_alter_table('consent') as consent:
        consent.drop_constraint(op.f('ck_consent_purpose'), type_='check')
        consent.create_check_constraint(op.f('ck_consent_purpose'), "purpose IN ('reply', 'updates', 'quote')")
    for name in ('deceased_on', 'do_not_contact_at', 'time_zone'):
        op.drop_column('person', name)
    for name in ('preference', 'suppression', 'letter', 'mailing'):
        op.drop_table(name)
