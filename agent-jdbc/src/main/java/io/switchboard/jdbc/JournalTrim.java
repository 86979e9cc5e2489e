package io.switchboard.jdbc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.journal.JournalRetention;
import io.switchboard.journal.JournalTrimmed;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes what need not be kept any longer, so many rows at a time that writes do not
 * wait for it. Blocks.
 *
 * @param jdbc the database
 * @param transaction makes a session go as a whole
 */
record JournalTrim(JdbcOperations jdbc, TransactionOperations transaction) {

	private static final int MOST_ROWS = 1_000;

	private static final int MOST_SESSIONS = 50;

	private static final String OLD_EVENTS = """
			select path, id from switchboard_event e
			where shown_at < ? and not exists (
				select 1 from switchboard_turn t where t.path = e.path and t.turn = e.turn and t.ended_at is null)
			order by shown_at limit ?
			""";

	private static final String OLD_TURNS = """
			select path, turn from switchboard_turn where ended_at < ? order by ended_at, number limit ?
			""";

	private static final String CROWDED_SESSIONS = """
			select path, last_event from switchboard_session s
			where last_event > ? and exists (
				select 1 from switchboard_event e where e.path = s.path and e.id <= s.last_event - ?)
			limit ?
			""";

	private static final String UNUSED = """
			touched_at < ? and not exists (
				select 1 from switchboard_turn t where t.path = switchboard_session.path and t.ended_at is null)
			""";

	private static final String UNUSED_SESSIONS = "select path from switchboard_session where " + UNUSED + " limit ?";

	/** In the meantime it may have been used again. */
	private static final String DELETE_SESSION = "delete from switchboard_session where path = ? and " + UNUSED;

	JournalTrimmed trim(JournalRetention retention, Instant now) {
		OffsetDateTime turnsBefore = at(retention.turnsBefore(now));
		OffsetDateTime sessionsBefore = at(retention.sessionsBefore(now));
		Part events = (turnsBefore != null) ? oldEvents(turnsBefore) : Part.NOTHING;
		Part turns = (turnsBefore != null) ? oldTurns(turnsBefore) : Part.NOTHING;
		Part crowd = (retention.events() > 0) ? crowd(retention.events()) : Part.NOTHING;
		Set<AgentPath> sessions = new HashSet<>();
		boolean more = sessionsBefore != null && unusedSessions(sessionsBefore, sessions);
		return new JournalTrimmed(events.rows() + crowd.rows(), turns.rows(), sessions,
				events.more() || turns.more() || crowd.more() || more);
	}

	private Part oldEvents(OffsetDateTime before) {
		List<Object[]> rows = this.jdbc.query(OLD_EVENTS,
				(row, number) -> new Object[] { row.getString("path"), row.getLong("id") }, before, MOST_ROWS);
		delete("delete from switchboard_event where path = ? and id = ?", rows);
		return new Part(rows.size(), rows.size() == MOST_ROWS);
	}

	private Part oldTurns(OffsetDateTime before) {
		List<Object[]> rows = this.jdbc.query(OLD_TURNS,
				(row, number) -> new Object[] { row.getString("path"), row.getString("turn") }, before, MOST_ROWS);
		delete("delete from switchboard_turn where path = ? and turn = ?", rows);
		return new Part(rows.size(), rows.size() == MOST_ROWS);
	}

	/** In one transaction, for a commit of each row takes longer than the rows. */
	private void delete(String sql, List<Object[]> rows) {
		if (!rows.isEmpty()) {
			this.transaction.executeWithoutResult((status) -> this.jdbc.batchUpdate(sql, rows));
		}
	}

	/**
	 * The numbers of a session's events have no gaps, so they tell how many there are.
	 */
	private Part crowd(int most) {
		List<Crowded> crowded = this.jdbc.query(CROWDED_SESSIONS,
				(row, number) -> new Crowded(row.getString("path"), row.getLong("last_event") - most), most, most,
				MOST_SESSIONS);
		int rows = 0;
		boolean more = crowded.size() == MOST_SESSIONS;
		for (Crowded session : crowded) {
			if (rows >= MOST_ROWS) {
				return new Part(rows, true);
			}
			int deleted = deleteOldest(session, MOST_ROWS - rows);
			more |= deleted == MOST_ROWS - rows;
			rows += deleted;
		}
		return new Part(rows, more);
	}

	private int deleteOldest(Crowded session, int most) {
		Long oldest = this.jdbc.queryForObject("select min(id) from switchboard_event where path = ?", Long.class,
				session.path());
		return (oldest != null)
				? this.jdbc.update("delete from switchboard_event where path = ? and id <= ? and id < ?",
						session.path(), session.last(), oldest + most)
				: 0;
	}

	private boolean unusedSessions(OffsetDateTime before, Set<AgentPath> gone) {
		List<String> paths = this.jdbc.queryForList(UNUSED_SESSIONS, String.class, before, MOST_SESSIONS);
		for (String path : paths) {
			if (Boolean.TRUE.equals(this.transaction.execute((status) -> deleteUnused(path, before)))) {
				gone.add(AgentPath.of(path));
			}
		}
		return paths.size() == MOST_SESSIONS;
	}

	private boolean deleteUnused(String path, OffsetDateTime before) {
		boolean unused = this.jdbc.update(DELETE_SESSION, path, before) > 0;
		if (unused) {
			for (String table : List.of("turn", "step", "event")) {
				this.jdbc.update("delete from switchboard_%s where path = ?".formatted(table), path);
			}
		}
		return unused;
	}

	private static @Nullable OffsetDateTime at(@Nullable Instant time) {
		return (time != null) ? time.atOffset(ZoneOffset.UTC) : null;
	}

	/**
	 * Some of what can be deleted.
	 *
	 * @param rows how many rows were deleted
	 * @param more whether there may be others
	 */
	private record Part(int rows, boolean more) {

		static final Part NOTHING = new Part(0, false);

	}

	/**
	 * A session with too many events.
	 *
	 * @param path its path
	 * @param last the last event that is one too many
	 */
	private record Crowded(String path, long last) {

	}

}
