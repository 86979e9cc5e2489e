package io.switchboard.registry;

import reactor.core.Disposable;

/**
 * One time that somebody joined a group.
 *
 * @param groups where the group is
 * @param key the group
 * @param number its place in the order
 * @param member who joined
 * @param residence where the member is
 */
record Membership(DefaultGroups groups, String key, long number, Owner member,
		Residence residence) implements KeyedEntries.Entry, Disposable {

	/**
	 * The member has ended.
	 */
	@Override
	public void dispose() {
		this.groups.leave(this);
	}

}
