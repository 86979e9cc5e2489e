package io.switchboard.jdbc;

import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWrite;

/**
 * Changes the contents of entries on their way to the database.
 *
 * @param codec does it
 */
record Contents(ContentCodec codec) {

	JournalWrite encode(JournalWrite write) {
		return new JournalWrite(write.session(), write.epoch(), write.number(),
				write.entries().stream().map(this::encode).toList());
	}

	private JournalEntry encode(JournalEntry entry) {
		if (entry instanceof JournalEntry.Accepted accepted) {
			return new JournalEntry.Accepted(accepted.turn(), encode(accepted.message()), accepted.key(),
					accepted.at());
		}
		if (entry instanceof JournalEntry.Step step) {
			return new JournalEntry.Step(step.turn(), step.step(), step.kind(), encode(step.content()), step.at());
		}
		if (entry instanceof JournalEntry.Event event) {
			return new JournalEntry.Event(event.id(), event.turn(), event.type(), encode(event.content()), event.at());
		}
		if (entry instanceof JournalEntry.Conversation conversation) {
			return new JournalEntry.Conversation(conversation.turn(), encode(conversation.content()));
		}
		if (entry instanceof JournalEntry.Owned owned) {
			return new JournalEntry.Owned(encode(owned.owner()));
		}
		return entry;
	}

	private String encode(String content) {
		return this.codec.encode(content);
	}

}
