"""Recovery cases and their history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import survey.foundation.db

revision = '0018'
down_revision = '0017'

TABLES = ('hold_out', 'offer', 'offer_template', 'promise', 'listening_note', 'contact_attempt', 'case_event', 'recovery_case')
# What happened to a case is never changed, and goes with the case alone.
KEPT = {'case_event_kept': ('UPDATE', '1 = 1'),
        'case_event_stays': ('DELETE', 'EXISTS (SELECT 1 FROM recovery_case WHERE id = OLD.case_id)')}
WORDS = 'what happened to a case is not changed afterwards'


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    moment, id = survey.foundation.db.Moment(timezone=True), survey.foundation.db.Id()
    op.create_table('offer_template',
    sa.Column('id', id, nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('codes', document, nullable=False),
    sa.Column('cap_minor', sa.BigInteger(), nullable=True),
    sa.Column('cooldown_days', sa.Integer(), nullable=False),
    sa.Column('lasts_days', sa.Integer(), nullable=False),
    sa.Column('open_to_loyal', sa.Boolean(), nullable=False),
    sa.Column('needs_approval', sa.Boolean(), nullable=False),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('retired_at', moment, nullable=True),
    sa.CheckConstraint("kind IN ('apology', 'fix', 'pause', 'plan_change', 'upgrade', 'credit', 'discount', 'other')", name=op.f('ck_offer_template_kind')),
    sa.CheckConstraint('cap_minor IS NULL OR cap_minor > 0', name=op.f('ck_offer_template_cap_minor')),
    sa.CheckConstraint('cooldown_days >= 0', name=op.f('ck_offer_template_cooldown_days')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_template'))
    )
    op.create_table('recovery_case',
    sa.Column('id', id, nullable=False),
    sa.Column('departure_id', id, nullable=False),
    sa.Column('lifetime_id', id, nullable=True),
    sa.Column('person_id', id, nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('owner_id', id, nullable=True),
    sa.Column('code', sa.String(length=3), nullable=True),
    sa.Column('scope', sa.String(length=10), nullable=True),
    sa.Column('went_to', sa.String(length=120), nullable=False),
    sa.Column('value_minor', sa.BigInteger(), nullable=True),
    sa.Column('worth_order', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=True),
    sa.Column('opened_at', moment, nullable=False),
    sa.Column('promised_until', moment, nullable=False),
    sa.Column('reached_at', moment, nullable=True),
    sa.Column('proposed_code', sa.String(length=3), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', id, nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('closed_at', moment, nullable=True),
    sa.Column('closed_reason', sa.Text(), nullable=False),
    sa.CheckConstraint("(closed_at IS NULL) = (state IN ('open', 'triaged', 'contact_due', 'contacted', 'listened', 'offer_made'))", name=op.f('ck_recovery_case_closed')),
    sa.CheckConstraint("scope IS NULL OR scope IN ('one_off', 'systemic')", name=op.f('ck_recovery_case_scope')),
    sa.CheckConstraint("state IN ('open', 'triaged', 'contact_due', 'contacted', 'listened', 'offer_made', 'won_back', 'lost', 'uncontrollable', 'unreachable', 'do_not_contact', 'payment_recovery', 'not_a_loss')", name=op.f('ck_recovery_case_state')),
    sa.ForeignKeyConstraint(['departure_id'], ['departure.id'], name=op.f('fk_recovery_case_departure_id_departure'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lifetime_id'], ['lifetime.id'], name=op.f('fk_recovery_case_lifetime_id_lifetime'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_recovery_case_owner_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_case_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['users.id'], name=op.f('fk_recovery_case_proposed_by_id_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_case'))
    )
    op.create_index('ix_recovery_case_closed', 'recovery_case', ['closed_at', 'id'], unique=False)
    op.create_index(op.f('ix_recovery_case_departure_id'), 'recovery_case', ['departure_id'], unique=False)
    op.create_index(op.f('ix_recovery_case_owner_id'), 'recovery_case', ['owner_id'], unique=False)
    op.create_index(op.f('ix_recovery_case_person_id'), 'recovery_case', ['person_id'], unique=False)
    op.create_index('ix_recovery_case_waiting', 'recovery_case', ['promised_until', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NULL AND reached_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL AND reached_at IS NULL'))
    op.create_index('ix_recovery_case_worth', 'recovery_case', ['worth_order', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_index('uq_recovery_case_open_departure', 'recovery_case', ['departure_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_index('uq_recovery_case_open_stay', 'recovery_case', ['lifetime_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('case_event',
    sa.Column('id', id, nullable=False),
    sa.Column('case_id', id, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=20), nullable=False),
    sa.Column('from_state', sa.String(length=20), nullable=True),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('by_id', id, nullable=True),
    sa.Column('at', moment, nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('details', document, nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_case_event_by_id_users')),
    sa.ForeignKeyConstraint(['case_id'], ['recovery_case.id'], name=op.f('fk_case_event_case_id_recovery_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_event')),
    sa.UniqueConstraint('case_id', 'version', name='uq_case_event_version')
    )
    op.create_table('contact_attempt',
    sa.Column('id', id, nullable=False),
    sa.Column('case_id', id, nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('was_reached', sa.Boolean(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('by_id', id, nullable=True),
    sa.Column('at', moment, nullable=False),
    sa.CheckConstraint("channel IN ('phone', 'email', 'visit', 'message', 'post')", name=op.f('ck_contact_attempt_channel')),
    sa.CheckConstraint('minutes IS NULL OR minutes >= 0', name=op.f('ck_contact_attempt_minutes')),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_contact_attempt_by_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['recovery_case.id'], name=op.f('fk_contact_attempt_case_id_recovery_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_attempt'))
    )
    op.create_index(op.f('ix_contact_attempt_by_id'), 'contact_attempt', ['by_id'], unique=False)
    op.create_index(op.f('ix_contact_attempt_case_id'), 'contact_attempt', ['case_id'], unique=False)
    op.create_table('hold_out',
    sa.Column('case_id', id, nullable=False),
    sa.Column('assigned_at', moment, nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['recovery_case.id'], name=op.f('fk_hold_out_case_id_recovery_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_hold_out'))
    )
    op.create_table('listening_note',
    sa.Column('id', id, nullable=False),
    sa.Column('case_id', id, nullable=False),
    sa.Column('their_words', sa.Text(), nullable=False),
    sa.Column('playback', sa.Text(), nullable=False),
    sa.Column('understood', sa.String(length=7), nullable=False),
    sa.Column('understood_at', moment, nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('by_id', id, nullable=True),
    sa.Column('at', moment, nullable=False),
    sa.CheckConstraint("understood IN ('unknown', 'yes', 'no')", name=op.f('ck_listening_note_understood')),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_listening_note_by_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['recovery_case.id'], name=op.f('fk_listening_note_case_id_recovery_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listening_note')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_listening_note_token_hash'))
    )
    op.create_index(op.f('ix_listening_note_case_id'), 'listening_note', ['case_id'], unique=False)
    op.create_table('offer',
    sa.Column('id', id, nullable=False),
    sa.Column('case_id', id, nullable=False),
    sa.Column('template_id', id, nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('value_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('why_approval', sa.Text(), nullable=False),
    sa.Column('by_id', id, nullable=True),
    sa.Column('at', moment, nullable=False),
    sa.Column('approved_by_id', id, nullable=True),
    sa.Column('made_at', moment, nullable=True),
    sa.Column('answered_at', moment, nullable=True),
    sa.Column('code_hash', sa.String(length=64), nullable=True),
    sa.Column('redeemed_at', moment, nullable=True),
    sa.Column('redeemed_by_id', id, nullable=True),
    sa.CheckConstraint("kind IN ('apology', 'fix', 'pause', 'plan_change', 'upgrade', 'credit', 'discount', 'other')", name=op.f('ck_offer_kind')),
    sa.CheckConstraint("redeemed_at IS NULL OR state = 'accepted'", name=op.f('ck_offer_redeemed')),
    sa.CheckConstraint("state IN ('drafted', 'made', 'accepted', 'declined', 'expired', 'withdrawn')", name=op.f('ck_offer_state')),
    sa.CheckConstraint('value_minor >= 0', name=op.f('ck_offer_value_minor')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['users.id'], name=op.f('fk_offer_approved_by_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_offer_by_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['recovery_case.id'], name=op.f('fk_offer_case_id_recovery_case'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['redeemed_by_id'], ['users.id'], name=op.f('fk_offer_redeemed_by_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['template_id'], ['offer_template.id'], name=op.f('fk_offer_template_id_offer_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_offer_code_hash'))
    )
    op.create_index(op.f('ix_offer_case_id'), 'offer', ['case_id'], unique=False)
    op.create_index(op.f('ix_offer_template_id'), 'offer', ['template_id'], unique=False)
    op.create_table('promise',
    sa.Column('id', id, nullable=False),
    sa.Column('case_id', id, nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('owner_id', id, nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('kept_on', sa.Date(), nullable=True),
    sa.Column('by_id', id, nullable=True),
    sa.Column('at', moment, nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_promise_by_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['recovery_case.id'], name=op.f('fk_promise_case_id_recovery_case'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_promise_owner_id_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise'))
    )
    op.create_index(op.f('ix_promise_case_id'), 'promise', ['case_id'], unique=False)
    op.create_index(op.f('ix_promise_due_on'), 'promise', ['due_on'], unique=False)
    op.create_index(op.f('ix_promise_owner_id'), 'promise', ['owner_id'], unique=False)
    with op.batch_alter_table('organisation') as organisation:
        organisation.add_column(sa.Column('hold_out_percent', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('organisation') as organisation:
        organisation.alter_column('hold_out_percent', existing_type=sa.Integer(), server_default=None)
        organisation.create_check_constraint(op.f('ck_organisation_hold_out'), 'hold_out_percent BETWEEN 0 AND 50')
    for name, (when, broken) in KEPT.items():
        _watch(name, when, broken)


def _watch(name: str, when: str, broken: str) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON case_event WHEN {broken} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")
        return
    done = 'OLD' if when == 'DELETE' else 'NEW'
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {broken} THEN"
               f" RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'check_violation'; END IF; RETURN {done}; END $$")
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON case_event FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    for name in KEPT:
        op.execute(f'DROP TRIGGER {name}' if is_sqlite else f'DROP TRIGGER {name} ON case_event')
        if not is_sqlite:
            op.execute(f'DROP FUNCTION {name}()')
    with op.batch_alter_table('organisation') as organisation:
        organisation.drop_constraint(op.f('ck_organisation_hold_out'), type_='check')
        organisation.drop_column('hold_out_percent')
    for name in TABLES:
        op.drop_table(name)
