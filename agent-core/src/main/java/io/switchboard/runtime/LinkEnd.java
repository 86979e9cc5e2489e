package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentPath;
import io.switchboard.Terminated;
import io.switchboard.runtime.Notice.Claim;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One end of a link: it is tied to one of the two lives, and knows the other.
 */
final class LinkEnd implements Tie, Claim {

	private final Link link;

	private final Cell cell;

	private final Kind kind;

	private volatile @Nullable LinkEnd partner;

	/**
	 * When the partner's end was on its way, by the runtime's clock, in nanoseconds.
	 */
	volatile long sentAt;

	/**
	 * Ends the survivor by force if it does not listen.
	 */
	private final AtomicReference<@Nullable Disposable> deadline = new AtomicReference<>();

	/**
	 * Make one end.
	 * @param link the link
	 * @param cell where the life is that it is tied to
	 * @param life that life
	 * @param partnerPath where the partner is
	 * @param partnerCell what runs there, or {@code null} if nothing does
	 * @param partnerLife the partner's life, zero if there is none
	 */
	LinkEnd(Link link, Cell cell, long life, AgentPath partnerPath, @Nullable Cell partnerCell, long partnerLife) {
		this.link = link;
		this.cell = cell;
		this.kind = new Kind(life, partnerPath, partnerCell, partnerLife);
	}

	void partner(LinkEnd partner) {
		this.partner = partner;
	}

	AgentPath path() {
		return this.cell.path;
	}

	AgentPath partnerPath() {
		return this.kind.partnerPath();
	}

	@Override
	public long life() {
		return this.kind.life();
	}

	@Override
	public Object kind() {
		return this.kind;
	}

	/**
	 * Take the link away.
	 */
	void untie() {
		this.link.end();
		leave();
		LinkEnd other = this.partner;
		if (other != null) {
			other.leave();
		}
	}

	private void leave() {
		this.cell.untie(this);
		stopDeadline();
	}

	@Override
	public void lifeEnded(Terminated end) {
		LinkEnd other = this.partner;
		if (other != null && other.cell.minds(end.reason()) && this.link.send(end)) {
			other.cell.hear(other);
		}
		else {
			untie();
		}
	}

	/**
	 * The partner's end that this life has not acted upon.
	 * @return the end, or {@code null} if there is none
	 */
	@Nullable Terminated underWay() {
		return this.link.underWay();
	}

	/**
	 * Act upon the partner's end, unless the link was taken away.
	 * @param end the partner's end
	 * @return whether to act
	 */
	@Override
	public boolean claim(Terminated end) {
		leave();
		return this.link.receive(end);
	}

	/**
	 * Limit the time until this life acts upon its partner's end.
	 * @param timer calls {@link #underWay()}
	 */
	void deadline(Disposable timer) {
		this.deadline.set(timer);
		if (underWay() == null) {
			stopDeadline();
		}
	}

	private void stopDeadline() {
		Disposable timer = this.deadline.getAndSet(Disposables.disposed());
		if (timer != null) {
			timer.dispose();
		}
	}

	/**
	 * Tells a life's links apart. A child that was forgotten and comes back under its
	 * name counts its lives from one again, so path and life alone do not.
	 *
	 * @param life the life
	 * @param partnerPath where the partner is
	 * @param partnerCell what runs there
	 * @param partnerLife the partner's life
	 */
	private record Kind(long life, AgentPath partnerPath, @Nullable Cell partnerCell, long partnerLife) {

	}

}
