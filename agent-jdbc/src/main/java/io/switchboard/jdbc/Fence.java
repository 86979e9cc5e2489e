package io.switchboard.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.switchboard.AgentPath;
import io.switchboard.journal.JournalWrite;
import io.switchboard.journal.StaleWriterException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Lets those writes pass whose writers still lead their sessions and which were not kept
 * before. The row of a session is changed by each of its writes, so that of two processes
 * only one gets through.
 *
 * @param jdbc the database, in a transaction
 */
record Fence(JdbcOperations jdbc) {

	private static final String PASS = """
			update switchboard_session
			set last_write = ?, last_event = greatest(last_event, ?), touched_at = current_timestamp
			where path = ? and epoch = ? and last_write < ?
			""";

	private static final String LOOK = "select epoch, last_write from switchboard_session where path = ?";

	/**
	 * Let writes pass.
	 * @param writes the writes, those of a session in the order of their numbers
	 * @param refused is given those that may not pass
	 * @return those that have to be kept
	 */
	List<JournalWrite> pass(List<JournalWrite> writes, Map<JournalWrite, StaleWriterException> refused) {
		List<List<JournalWrite>> groups = group(writes);
		int[] passed = update(groups);
		List<JournalWrite> due = new ArrayList<>();
		for (int i = 0; i < groups.size(); i++) {
			due.addAll((passed[i] > 0) ? groups.get(i) : late(groups.get(i), refused));
		}
		return due;
	}

	/**
	 * By session, and these in one order for all processes, so that none waits for
	 * another that waits for it.
	 */
	private static List<List<JournalWrite>> group(List<JournalWrite> writes) {
		Map<String, Map<Long, List<JournalWrite>>> groups = new TreeMap<>();
		for (JournalWrite write : writes) {
			groups.computeIfAbsent(write.session().toString(), (path) -> new LinkedHashMap<>())
				.computeIfAbsent(write.epoch(), (epoch) -> new ArrayList<>())
				.add(write);
		}
		return groups.values().stream().flatMap((epochs) -> epochs.values().stream()).toList();
	}

	private int[] update(List<List<JournalWrite>> groups) {
		return this.jdbc.batchUpdate(PASS, groups.stream().map(Fence::arguments).toList());
	}

	private static Object[] arguments(List<JournalWrite> group) {
		JournalWrite last = group.get(group.size() - 1);
		long lastEvent = group.stream().mapToLong(JournalWrite::lastEvent).max().orElse(0);
		return new Object[] { last.number(), lastEvent, last.session().toString(), last.epoch(),
				group.get(0).number() };
	}

	/**
	 * Somebody else leads the session, or some of the writes were kept in an attempt of
	 * which nobody knew whether it had succeeded.
	 */
	private List<JournalWrite> late(List<JournalWrite> group, Map<JournalWrite, StaleWriterException> refused) {
		AgentPath session = group.get(0).session();
		long epoch = group.get(0).epoch();
		Leader leader = leader(session);
		if (leader == null || leader.epoch() != epoch) {
			long current = (leader != null) ? leader.epoch() : 0;
			group.forEach((write) -> refused.put(write, new StaleWriterException(session, epoch, current)));
			return List.of();
		}
		List<JournalWrite> rest = group.stream().filter((write) -> write.number() > leader.lastWrite()).toList();
		return rest.isEmpty() ? rest : pass(rest, refused);
	}

	private @Nullable Leader leader(AgentPath session) {
		return this.jdbc
			.query(LOOK, (row, number) -> new Leader(row.getLong("epoch"), row.getLong("last_write")),
					session.toString())
			.stream()
			.findFirst()
			.orElse(null);
	}

	private record Leader(long epoch, long lastWrite) {

	}

}
