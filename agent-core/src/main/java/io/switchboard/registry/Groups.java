package io.switchboard.registry;

import java.util.List;
import java.util.Set;

import reactor.core.publisher.Flux;

/**
 * Groups of agents, as OTP's {@code pg} has them.
 * <p>
 * Nobody makes or deletes a group: it is there while it has members. Whoever joins twice
 * is in it twice and has to leave twice. Members that end leave by themselves.
 *
 * @since 0.1.0
 */
public interface Groups {

	/**
	 * Join a group.
	 * @param group the group
	 * @param member who joins
	 * @return whether it has joined; not if it has ended or never was
	 */
	boolean join(String group, Owner member);

	/**
	 * Leave a group once.
	 * @param group the group
	 * @param member who leaves; for a life, what belongs to all lives at its path counts,
	 * too
	 * @return whether it was a member
	 */
	boolean leave(String group, Owner member);

	/**
	 * Who is in a group now.
	 * @param group the group
	 * @return the members, once for each time they joined, oldest first; empty for a
	 * group that is not there
	 */
	List<Owner> members(String group);

	/**
	 * The groups that have members now.
	 * @return the groups in alphabetical order
	 */
	Set<String> all();

	/**
	 * Follow a group from subscription on, until the system ends: first its members, then
	 * each change once. Signals arrive on the runtime's workers: do not block in them.
	 * @param group the group, which need not be there yet
	 * @return what happens to it; fails with a {@link SubscriberOverflowException} if the
	 * subscriber falls a thousand changes behind, so subscribe again for a new beginning
	 */
	Flux<GroupEvent> monitor(String group);

	/**
	 * Let an agent follow a group: it is sent first the members, then each change once.
	 * @param group the group, which need not be there yet
	 * @param watcher the agent; it has to take messages of type {@link GroupEvent}
	 * @return whether it follows; not if it has ended or never was
	 */
	boolean monitor(String group, Owner watcher);

	/**
	 * Let an agent follow a group no more. What is in its mailbox already stays there.
	 * @param group the group
	 * @param watcher the agent
	 */
	void demonitor(String group, Owner watcher);

}
