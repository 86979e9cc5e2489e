package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentPath;
import io.switchboard.Terminated;
import org.jspecify.annotations.Nullable;

/**
 * A link between two lives, from beginning to end: it is tied, then perhaps on its way to
 * the one that survives, then over. Whoever changes that acts upon it.
 */
final class Link {

	private static final Object TIED = "tied";

	private static final Object OVER = "over";

	/**
	 * Tied, over, or the end that is on its way.
	 */
	private final AtomicReference<Object> state = new AtomicReference<>(TIED);

	/**
	 * Tie a life of an agent to the one that is at a path.
	 * @param cell the agent
	 * @param life its life
	 * @param path the path
	 */
	static void tie(AgentCell cell, long life, AgentPath path) {
		if (!path.equals(cell.path)) {
			tie(cell, life, path, cell.system.find(path));
		}
	}

	/**
	 * Tie a life of an agent to the one that is in another cell.
	 * @param cell the agent
	 * @param life its life
	 * @param path where the other is
	 * @param partner the other, or {@code null} if there is none
	 */
	static void tie(AgentCell cell, long life, AgentPath path, @Nullable Cell partner) {
		long partnerLife = (partner != null) ? partner.currentLife() : 0;
		if (partner == null || partnerLife == 0) {
			tieToNobody(cell, life, path);
			return;
		}
		Link link = new Link();
		LinkEnd here = new LinkEnd(link, cell, life, path, partner, partnerLife);
		LinkEnd there = new LinkEnd(link, partner, partnerLife, cell.path, cell, life);
		here.partner(there);
		there.partner(here);
		if (!cell.ties().addBoth(here, partner.ties(), there)) {
			return;
		}
		if (cell.hasEnded(life)) {
			here.untie();
		}
		else if (partner.hasEnded(partnerLife) && partner.untie(there)) {
			there.lifeEnded(LifeWatch.nobodyAt(path));
		}
	}

	private static void tieToNobody(AgentCell cell, long life, AgentPath path) {
		Link link = new Link();
		LinkEnd here = new LinkEnd(link, cell, life, path, null, 0);
		if (!cell.ties().add(here)) {
			// it is told of this already
			return;
		}
		if (cell.hasEnded(life)) {
			here.untie();
		}
		else if (link.send(LifeWatch.nobodyAt(path))) {
			cell.hear(here);
		}
	}

	/**
	 * Take the links between a life of an agent and those at a path away.
	 * @param cell the agent
	 * @param life its life
	 * @param path the path
	 */
	static void untie(AgentCell cell, long life, AgentPath path) {
		// there may be one with a life that has ended and one with the next
		cell.links(life).stream().filter((link) -> link.partnerPath().equals(path)).forEach(LinkEnd::untie);
	}

	/**
	 * One of the two lives has ended: the other is to hear of it.
	 * @param end how it ended
	 * @return whether it is on its way now
	 */
	boolean send(Terminated end) {
		return this.state.compareAndSet(TIED, end);
	}

	/**
	 * What is on its way to the survivor.
	 * @return the end, or {@code null} if there is none, it was heard, or the link was
	 * taken away
	 */
	@Nullable Terminated underWay() {
		return (this.state.get() instanceof Terminated end) ? end : null;
	}

	/**
	 * The survivor acts upon what was on its way.
	 * @param end how its partner ended
	 * @return whether it may
	 */
	boolean receive(Terminated end) {
		return this.state.compareAndSet(end, OVER);
	}

	/**
	 * Nobody hears of anybody's end any more.
	 */
	void end() {
		this.state.set(OVER);
	}

}
