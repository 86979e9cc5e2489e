package io.switchboard.registry;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Somebody who follows a group.
 */
final class GroupWatch implements KeyedEntries.Entry, Disposable {

	private final KeyedEntries<GroupWatch> all;

	private final String group;

	private final long number;

	private final @Nullable Owner watcher;

	private final @Nullable Residence residence;

	private final Consumer<GroupEvent> mail;

	private volatile boolean over;

	/**
	 * Make a watch that does not see anything yet.
	 * @param all where it is to be filed
	 * @param group what to follow
	 * @param watcher the agent that follows, or {@code null} for an application
	 * @param residence where that agent is
	 * @param mail told of each event
	 */
	GroupWatch(KeyedEntries<GroupWatch> all, String group, @Nullable Owner watcher, @Nullable Residence residence,
			Consumer<GroupEvent> mail) {
		this.all = all;
		this.group = group;
		this.number = all.number();
		this.watcher = watcher;
		this.residence = residence;
		this.mail = mail;
	}

	@Nullable Owner watcher() {
		return this.watcher;
	}

	void tell(GroupEvent event) {
		if (!this.over) {
			this.mail.accept(event);
		}
	}

	@Override
	public String key() {
		return this.group;
	}

	@Override
	public long number() {
		return this.number;
	}

	/**
	 * End before the watcher does.
	 */
	void end() {
		if (this.residence != null) {
			this.residence.unbind(this);
		}
		dispose();
	}

	@Override
	public void dispose() {
		this.over = true;
		this.all.remove(this);
	}

}
