package io.switchboard.benchmarks.races;

import io.switchboard.mailbox.Admission;
import io.switchboard.mailbox.Mailbox;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two senders, two messages each, and three places: three get in, and one sender is told
 * that its message does not.
 */
@JCStressTest
@Outcome(id = { "2, 1, 3", "1, 2, 3" }, expect = Expect.ACCEPTABLE, desc = "three of four")
@State
public class MailboxBoundRace {

	private final Mailbox<String> mailbox = new Mailbox<>(new MailboxSpec(3, OverflowPolicy.REJECT));

	@Actor
	public void first(III_Result r) {
		r.r1 = offer("a") + offer("b");
	}

	@Actor
	public void second(III_Result r) {
		r.r2 = offer("c") + offer("d");
	}

	private int offer(String element) {
		return (this.mailbox.offer(element, (dropped) -> {
		}) != Admission.REFUSED) ? 1 : 0;
	}

	@Arbiter
	public void count(III_Result r) {
		while (this.mailbox.poll() != null) {
			r.r3++;
		}
	}

}
