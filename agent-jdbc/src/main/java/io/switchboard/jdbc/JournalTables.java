package io.switchboard.jdbc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWrite;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Collects the rows of many writes, so that each table is written once for all of them.
 */
final class JournalTables {

	private static final String TURN = """
			insert into switchboard_turn (path, turn, message, idempotency_key, accepted_at) values (?, ?, ?, ?, ?)
			""";

	private static final String STEP = """
			insert into switchboard_step (path, turn, step, epoch, kind, content, written_at)
			values (?, ?, ?, ?, ?, ?, ?)
			""";

	private static final String EVENT = """
			insert into switchboard_event (path, id, turn, epoch, type, content, shown_at) values (?, ?, ?, ?, ?, ?, ?)
			""";

	private static final String CONVERSATION = """
			update switchboard_session set conversation_turn = ?, conversation = ? where path = ?
			""";

	private static final String QUARANTINE = "update switchboard_session set quarantine = ? where path = ?";

	private static final String OWNER = "update switchboard_session set owner = ? where path = ? and owner is null";

	private static final String END = """
			update switchboard_turn set outcome = ?, ended_at = ? where path = ? and turn = ?
			""";

	private static final String FREE_KEY = """
			update switchboard_turn set idempotency_key = null where path = ? and turn = ?
			""";

	private static final String DELETE_STEPS = "delete from switchboard_step where path = ? and turn = ?";

	private final List<Object[]> turns = new ArrayList<>();

	private final List<Object[]> steps = new ArrayList<>();

	private final List<Object[]> events = new ArrayList<>();

	private final Map<String, Object[]> conversations = new LinkedHashMap<>();

	private final List<Object[]> quarantines = new ArrayList<>();

	private final List<Object[]> owners = new ArrayList<>();

	private final List<Object[]> ends = new ArrayList<>();

	private final List<Object[]> refused = new ArrayList<>();

	private final List<Object[]> over = new ArrayList<>();

	void add(JournalWrite write) {
		write.entries().forEach((entry) -> add(write.session().toString(), write.epoch(), entry));
	}

	private void add(String path, long epoch, JournalEntry entry) {
		if (entry instanceof JournalEntry.Accepted accepted) {
			this.turns.add(row(path, accepted.turn(), accepted.message(), accepted.key(), at(accepted.at())));
		}
		else if (entry instanceof JournalEntry.Step step) {
			this.steps.add(row(path, step.turn(), step.step(), epoch, step.kind(), step.content(), at(step.at())));
		}
		else if (entry instanceof JournalEntry.Event event) {
			this.events.add(row(path, event.id(), event.turn(), epoch, event.type(), event.content(), at(event.at())));
		}
		else if (entry instanceof JournalEntry.Conversation conversation) {
			this.conversations.put(path, row(conversation.turn(), conversation.content(), path));
		}
		else if (entry instanceof JournalEntry.Quarantined quarantined) {
			this.quarantines.add(row(quarantined.reason(), path));
		}
		else if (entry instanceof JournalEntry.Owned owned) {
			this.owners.add(row(owned.owner(), path));
		}
		else if (entry instanceof JournalEntry.Ended ended) {
			this.ends.add(row(ended.outcome(), at(ended.at()), path, ended.turn()));
			this.over.add(row(path, ended.turn()));
			if (ended.isRefused()) {
				this.refused.add(row(path, ended.turn()));
			}
		}
	}

	/**
	 * Write what was collected. What ends is written last: it may have begun in the same
	 * batch.
	 * @param jdbc the database, in a transaction
	 */
	void write(JdbcOperations jdbc) {
		write(jdbc, TURN, this.turns);
		write(jdbc, STEP, this.steps);
		write(jdbc, EVENT, this.events);
		write(jdbc, CONVERSATION, List.copyOf(this.conversations.values()));
		write(jdbc, QUARANTINE, this.quarantines);
		own(jdbc);
		write(jdbc, END, this.ends);
		write(jdbc, FREE_KEY, this.refused);
		write(jdbc, DELETE_STEPS, this.over);
	}

	private void own(JdbcOperations jdbc) {
		for (Object[] row : this.owners) {
			if (jdbc.update(OWNER, row) == 0) {
				throw new DuplicateKeyException("Session '%s' has an owner".formatted(row[1]));
			}
		}
	}

	private static void write(JdbcOperations jdbc, String sql, List<Object[]> rows) {
		if (!rows.isEmpty()) {
			jdbc.batchUpdate(sql, rows);
		}
	}

	private static OffsetDateTime at(Instant at) {
		return at.atOffset(ZoneOffset.UTC);
	}

	@SuppressWarnings("NullAway") // a row may hold null, which an array of objects cannot
									// say
	private static Object[] row(@Nullable Object... values) {
		return values;
	}

}
