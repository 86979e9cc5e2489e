package io.switchboard.benchmarks.races;

import io.switchboard.mailbox.Mailbox;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * What one sender has sent arrives in that order, all of it, and whoever takes it sees
 * what the sender wrote before.
 */
@JCStressTest
@Outcome(id = { "0, 0, 1, 2", "1, 0, 2, 0", "1, 2, 0, 0", "0, 1, 2, 0" }, expect = Expect.ACCEPTABLE, desc = "in order")
@State
public class MailboxOrderRace {

	private final Mailbox<Box> mailbox = new Mailbox<>(new MailboxSpec(2, OverflowPolicy.REJECT));

	@Actor
	public void send() {
		offer(1);
		offer(2);
	}

	private void offer(int content) {
		Box box = new Box();
		box.content = content;
		this.mailbox.offer(box, (dropped) -> {
		});
	}

	@Actor
	public void take(IIII_Result r) {
		r.r1 = contentOf(this.mailbox.poll());
		r.r2 = contentOf(this.mailbox.poll());
	}

	@Arbiter
	public void rest(IIII_Result r) {
		r.r3 = contentOf(this.mailbox.poll());
		r.r4 = contentOf(this.mailbox.poll());
	}

	private static int contentOf(@Nullable Box box) {
		return (box != null) ? box.content : 0;
	}

	/**
	 * Holds a plain value.
	 */
	private static final class Box {

		private int content;

	}

}
