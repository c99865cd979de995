"""Anonymous answers are alike: nothing that is known of a person too stands in their rows.

An answer that was taken back holds nothing at all, and more triggers refuse rows that would break a survey's promise: they look
at other tables, which constraints cannot. A later migration that makes one of these tables anew on SQLite has to make its
triggers anew as well; a test of the house finds those that are missing.

The counts that are kept still tell voices apart until `rollups rebuild`; see the changelog.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'

ALIKE = ("NOT is_anonymous OR (CAST(segments AS TEXT) = '{}' AND language = 'und' AND channel IN ('link', 'import', 'test')"
         " AND (voice = 'unverified' OR channel = 'import') AND (set_aside IS NULL OR set_aside = 'test'))")
WITHDRAWN = ("set_aside IS NULL OR set_aside <> 'withdrawn' OR (CAST(answers AS TEXT) = '{}' AND CAST(segments AS TEXT) = '{}'"
             " AND person_id IS NULL AND submitted_at IS NULL AND score IS NULL AND sentiment IS NULL)")
TEST_NEVER_COUNTS = "channel <> 'test' OR set_aside IS NOT NULL"
DRAFTS_ALIKE = "NOT is_anonymous OR (language = 'und' AND channel IN ('link', 'test'))"
UNMIXED = sa.text('is_anonymous AND NOT is_mixed')

POINTS_TO_ANONYMOUS = "NEW.response_id IS NOT NULL AND EXISTS (SELECT 1 FROM response WHERE id = NEW.response_id AND is_anonymous)"
IS_READ = f"NEW.read_at IS NOT NULL AND {POINTS_TO_ANONYMOUS}"
ANSWERED = "NEW.privacy <> OLD.privacy AND EXISTS (SELECT 1 FROM response WHERE survey_id = NEW.id)"
BEGUN = ("NEW.privacy <> OLD.privacy AND (EXISTS (SELECT 1 FROM response WHERE survey_id = NEW.id)"
         " OR EXISTS (SELECT 1 FROM response_draft WHERE survey_id = NEW.id))")
# name: table, when it fires, condition that breaks the promise
PROMISES = {
    'draft_promise_kept': ('response_draft', 'UPDATE', "NEW.is_anonymous <> OLD.is_anonymous OR NEW.survey_id <> OLD.survey_id"),
    'invitation_promise_kept': ('invitation', 'UPDATE', "NEW.survey_id <> OLD.survey_id"),
    'comment_promise': ('comment', 'INSERT', IS_READ),
    'comment_promise_kept': ('comment', 'UPDATE', IS_READ),
    'departure_promise': ('departure', 'INSERT', POINTS_TO_ANONYMOUS),
    'departure_promise_kept': ('departure', 'UPDATE', POINTS_TO_ANONYMOUS),
}


def upgrade() -> None:
    _blur_what_is_there()
    _add_flag('response', f"CONSTRAINT ck_response_anonymous_alike CHECK ({ALIKE}) CONSTRAINT ck_response_withdrawn CHECK ({WITHDRAWN})"
              f" CONSTRAINT ck_response_test_never_counts CHECK ({TEST_NEVER_COUNTS})")
    _add_flag('response_draft', f"CONSTRAINT ck_response_draft_anonymous_alike CHECK ({DRAFTS_ALIKE})")
    op.create_index('ix_response_unmixed', 'response', ['survey_id', 'submitted_on'], sqlite_where=UNMIXED, postgresql_where=UNMIXED)
    op.create_index('ix_response_draft_unmixed', 'response_draft', ['survey_id', 'changed_on'],
                    sqlite_where=UNMIXED, postgresql_where=UNMIXED)
    _unwatch('survey_promise', 'survey')
    _watch('survey_promise', 'survey', 'UPDATE', BEGUN)
    for name, (table, when, broken) in PROMISES.items():
        _watch(name, table, when, broken)


def _blur_what_is_there() -> None:
    """Take from anonymous rows, and from answers taken back, what may not stand in them any more."""
    op.execute("UPDATE response SET segments = '{}', language = 'und',"
               " voice = CASE WHEN channel = 'import' THEN voice ELSE 'unverified' END,"
               " channel = CASE WHEN channel IN ('import', 'test') THEN channel ELSE 'link' END,"
               " promise = CASE WHEN promise = 'anonymous-personal/1' THEN 'anonymous/1' ELSE promise END,"
               " set_aside = CASE WHEN set_aside IS NOT NULL THEN 'test' END WHERE is_anonymous")
    op.execute("UPDATE response SET channel = 'link' WHERE channel = 'test' AND set_aside IS NULL")
    op.execute("UPDATE response SET answers = '{}', segments = '{}', person_id = NULL, submitted_at = NULL, score = NULL,"
               " sentiment = NULL WHERE set_aside = 'withdrawn'")
    anonymous = "response_id IN (SELECT id FROM response WHERE is_anonymous)"
    op.execute(f"UPDATE comment SET language = 'und', read_at = NULL WHERE {anonymous}")
    op.execute("UPDATE comment SET voice = (SELECT voice FROM response WHERE response.id = comment.response_id)"
               f" WHERE {anonymous}")
    op.execute(f"UPDATE departure SET response_id = NULL WHERE person_id IS NOT NULL AND {anonymous}")
    op.execute(f"DELETE FROM departure WHERE {anonymous}")
    op.execute("UPDATE response_draft SET language = 'und', channel = 'link' WHERE is_anonymous")


def _add_flag(table: str, constraints: str) -> None:
    """Constraints come with a column: SQLite can add none to a table alone."""
    no = '0' if op.get_bind().dialect.name == 'sqlite' else 'false'
    op.execute(f"ALTER TABLE {table} ADD COLUMN is_mixed BOOLEAN DEFAULT {no} NOT NULL {constraints}")


def _watch(name: str, table: str, when: str, broken: str) -> None:
    words = "this would break the promise of the survey"
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {broken} BEGIN SELECT RAISE(ABORT, '{words}'); END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {broken} THEN"
               f" RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$")
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _unwatch(name: str, table: str) -> None:
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    op.execute(f'DROP TRIGGER {name}' if is_sqlite else f'DROP TRIGGER {name} ON {table}')
    if not is_sqlite:
        op.execute(f'DROP FUNCTION {name}()')


def downgrade() -> None:
    for name, (table, _when, _broken) in PROMISES.items():
        _unwatch(name, table)
    _unwatch('survey_promise', 'survey')
    _watch('survey_promise', 'survey', 'UPDATE', ANSWERED)
    op.drop_index('ix_response_unmixed', 'response')
    op.drop_index('ix_response_draft_unmixed', 'response_draft')
    for table, names in {'response': ('anonymous_alike', 'withdrawn', 'test_never_counts'), 'response_draft': ('anonymous_alike',)}.items():
        op.drop_column(table, 'is_mixed')  # SQLite drops the constraints that came with it
        if op.get_bind().dialect.name != 'sqlite':
            for name in names:
                op.execute(f'ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}')
