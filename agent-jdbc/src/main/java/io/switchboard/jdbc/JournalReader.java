package io.switchboard.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalSession;
import io.switchboard.journal.JournalTurn;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reads the tables. Blocks.
 *
 * @param jdbc the database
 * @param codec changes contents back
 */
record JournalReader(JdbcOperations jdbc, ContentCodec codec) {

	private static final String SESSION = """
			select epoch, definition, last_event, quarantine, owner from switchboard_session where path = ?
			""";

	private static final String TURN = """
			select number, path, turn, message, idempotency_key, accepted_at, outcome from switchboard_turn
			""";

	private static final String STEPS = """
			select turn, step, kind, content, written_at from switchboard_step where path = ? and turn = ? order by step
			""";

	private static final String EVENTS = """
			select id, turn, type, content, shown_at from switchboard_event where path = ? and id > ?
			order by id limit ?
			""";

	/** No index of its own: the database looks at no more than a session may have. */
	private static final String EVENTS_OF_TURN = """
			select id, turn, type, content, shown_at from switchboard_event where path = ? and id > ? and turn = ?
			order by id limit ?
			""";

	private static final String CONVERSATION = """
			select conversation_turn, conversation from switchboard_session
			where path = ? and conversation is not null
			""";

	List<JournalSession> session(AgentPath path) {
		RowMapper<JournalSession> mapper = (row, number) -> new JournalSession(path, row.getLong("epoch"),
				row.getString("definition"), row.getLong("last_event"), quarantine(row), owner(row));
		return this.jdbc.query(SESSION, mapper, path.toString());
	}

	List<JournalTurn> turn(AgentPath path, String turn) {
		return this.jdbc.query(TURN + "where path = ? and turn = ?", this::turn, path.toString(), turn);
	}

	List<JournalTurn> turnOf(String key) {
		return this.jdbc.query(TURN + "where idempotency_key = ?", this::turn, key);
	}

	/**
	 * A part of the turns that have not ended.
	 * @param after the number of the last one that is known
	 * @param limit how many at most
	 * @return the turns with their numbers
	 */
	List<Numbered> openTurns(long after, int limit) {
		RowMapper<Numbered> mapper = (row, number) -> new Numbered(row.getLong("number"), turn(row, number));
		return this.jdbc.query(TURN + "where ended_at is null and number > ? order by number limit ?", mapper, after,
				limit);
	}

	List<JournalEntry.Step> steps(AgentPath path, String turn) {
		RowMapper<JournalEntry.Step> mapper = (row, number) -> new JournalEntry.Step(row.getString("turn"),
				row.getInt("step"), row.getString("kind"), content(row, "content"), at(row, "written_at").toInstant());
		return this.jdbc.query(STEPS, mapper, path.toString(), turn);
	}

	List<JournalEntry.Event> events(AgentPath path, long after, int limit) {
		return this.jdbc.query(EVENTS, this::event, path.toString(), after, limit);
	}

	List<JournalEntry.Event> events(AgentPath path, String turn, long after, int limit) {
		return this.jdbc.query(EVENTS_OF_TURN, this::event, path.toString(), after, turn, limit);
	}

	private JournalEntry.Event event(ResultSet row, int number) throws SQLException {
		return new JournalEntry.Event(row.getLong("id"), row.getString("turn"), row.getString("type"),
				content(row, "content"), at(row, "shown_at").toInstant());
	}

	List<JournalEntry.Conversation> conversation(AgentPath path) {
		return this.jdbc.query(CONVERSATION,
				(row, number) -> new JournalEntry.Conversation(row.getString("conversation_turn"),
						content(row, "conversation")),
				path.toString());
	}

	private JournalTurn turn(ResultSet row, int number) throws SQLException {
		return new JournalTurn(AgentPath.of(row.getString("path")), row.getString("turn"), content(row, "message"),
				row.getString("idempotency_key"), at(row, "accepted_at").toInstant(), outcome(row));
	}

	private static @Nullable String quarantine(ResultSet row) throws SQLException {
		return row.getString("quarantine");
	}

	private @Nullable String owner(ResultSet row) throws SQLException {
		String stored = row.getString("owner");
		return (stored != null) ? this.codec.decode(stored) : null;
	}

	private static @Nullable String outcome(ResultSet row) throws SQLException {
		return row.getString("outcome");
	}

	private String content(ResultSet row, String column) throws SQLException {
		return this.codec.decode(row.getString(column));
	}

	private static OffsetDateTime at(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class);
	}

	/**
	 * A turn with its number among all turns.
	 *
	 * @param number the number
	 * @param turn the turn
	 */
	record Numbered(long number, JournalTurn turn) {

	}

}
