package io.switchboard.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionSystemException;

/**
 * What may be wrong with a database, and what to do about it. Told to people: what the
 * database itself says may quote what it was given.
 */
enum DatabaseTrouble {

	DISK_FULL("the disk of the database is full: make room on it", "53100"),

	NO_CONNECTIONS("the database takes no more connections: let it take more, or make the pools smaller", "53300"),

	READ_ONLY("the database can only be read: see that the connections lead to the primary server", "25006"),

	STOPPED("the database is stopping or starting: wait for it, or start it", "57P01", "57P02", "57P03"),

	TOO_SLOW("the database was longer over a statement or a lock than it may be: see what keeps it busy", "57014",
			"55P03", "25P03", "40P01", "40001"),

	/**
	 * H2 does it by itself when the file cannot be written.
	 */
	FILE_CLOSED("the file of the database was closed: see that there is room on the disk; it is opened again", "90098",
			"90121"),

	UNREACHABLE("the database cannot be reached: see that it runs and that the network leads to it", "08000", "08001",
			"08003", "08004", "08006", "08007"),

	UNKNOWN("the database did not do what it was asked for: the log says more");

	private static final Set<String> NO_ROOM = Set.of("no space left", "not enough space", "disk quota exceeded");

	private final String description;

	private final Set<String> states;

	DatabaseTrouble(String description, String... states) {
		this.description = description;
		this.states = Set.of(states);
	}

	/**
	 * Find out what is wrong.
	 * @param failure what was thrown
	 * @return the first that is known of it and its causes
	 */
	static DatabaseTrouble of(Throwable failure) {
		DatabaseTrouble found = UNKNOWN;
		for (Throwable ex = failure; ex != null; ex = ex.getCause()) {
			DatabaseTrouble trouble = one(ex);
			// a disk that is full is the cause of most others
			if (found == UNKNOWN || trouble == DISK_FULL) {
				found = trouble;
			}
		}
		return found;
	}

	private static DatabaseTrouble one(Throwable ex) {
		if (ex instanceof TransactionSystemException system) {
			// that it could not be rolled back either has hidden what went wrong
			Throwable hidden = system.getApplicationException();
			return (hidden != null) ? of(hidden) : UNKNOWN;
		}
		if (ex instanceof IOException && saysThatThereIsNoRoom(ex)) {
			return DISK_FULL;
		}
		if (ex instanceof SQLException sql) {
			for (SQLException next = sql; next != null; next = next.getNextException()) {
				DatabaseTrouble trouble = ofState(next.getSQLState());
				if (trouble != UNKNOWN) {
					return trouble;
				}
			}
		}
		return UNKNOWN;
	}

	private static DatabaseTrouble ofState(@Nullable String state) {
		for (DatabaseTrouble trouble : values()) {
			if (state != null && trouble.states.contains(state)) {
				return trouble;
			}
		}
		return UNKNOWN;
	}

	private static boolean saysThatThereIsNoRoom(Throwable ex) {
		String message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
		return NO_ROOM.stream().anyMatch(message::contains);
	}

	/**
	 * Whether connections that met it meet it again when it is over: those to a file of
	 * H2 that was closed, and to a server that is not the primary one any more.
	 * @return {@code true} if so
	 */
	boolean staysWithConnections() {
		return this == DISK_FULL || this == FILE_CLOSED || this == READ_ONLY;
	}

	/**
	 * What is wrong and what to do.
	 * @return a sentence without its end
	 */
	String description() {
		return this.description;
	}

}
