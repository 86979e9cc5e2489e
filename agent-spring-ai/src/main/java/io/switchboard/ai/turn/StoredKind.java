package io.switchboard.ai.turn;

import java.util.Arrays;

/**
 * The words for what happens, as they are written.
 */
enum StoredKind {

	BEGUN("begun", StoredInput.Begun.class),

	ANSWERED("answered", StoredInput.Answered.class),

	CALL_FAILED("call-failed", StoredInput.CallFailed.class),

	TOOL_STARTED("tool-started", StoredInput.ToolStarted.class),

	TOOL_ENDED("tool-ended", StoredInput.ToolEnded.class),

	DECIDED("decided", StoredInput.Decided.class),

	BROKEN("broken", StoredInput.Broken.class),

	WAITED("waited", StoredInput.Waited.class),

	COMPACTED("compacted", StoredInput.Compacted.class),

	RESUMED("resumed", StoredInput.Resumed.class),

	REOPENED("reopened", StoredInput.Reopened.class);

	private final String id;

	private final Class<? extends StoredInput> type;

	StoredKind(String id, Class<? extends StoredInput> type) {
		this.id = id;
		this.type = type;
	}

	String id() {
		return this.id;
	}

	Class<? extends StoredInput> type() {
		return this.type;
	}

	static StoredKind of(String id) {
		for (StoredKind kind : values()) {
			if (kind.id.equals(id)) {
				return kind;
			}
		}
		throw new IllegalArgumentException("Step of kind '%s' is unknown: %s are known".formatted(id,
				Arrays.stream(values()).map(StoredKind::id).toList()));
	}

}
