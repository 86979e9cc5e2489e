package io.switchboard.mailbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Mailbox}.
 */
class MailboxTests {

	@ParameterizedTest
	@EnumSource
	void doesAsASimpleQueueDoes(OverflowPolicy overflow) {
		SplittableRandom random = new SplittableRandom(7);
		for (int round = 0; round < 2_000; round++) {
			int capacity = 1 + random.nextInt(6);
			Model model = new Model(capacity, overflow);
			Mailbox<Integer> mailbox = new Mailbox<>(new MailboxSpec(capacity, overflow));
			List<Integer> dropped = new ArrayList<>();
			for (int step = 0; step < 40; step++) {
				switch (random.nextInt(4)) {
					case 0, 1 ->
						assertThat(mailbox.offer(step, dropped::add) != Admission.REFUSED).isEqualTo(model.offer(step));
					case 2 -> assertThat(mailbox.poll()).isEqualTo(model.poll());
					default -> {
						mailbox.offerUncounted(-step - 1);
						model.queue.add(-step - 1);
					}
				}
				assertThat(mailbox.size()).isEqualTo(model.counted());
				assertThat(mailbox.isEmpty()).isEqualTo(model.queue.isEmpty());
				assertThat(mailbox.peek()).isEqualTo(model.queue.peek());
			}
			assertThat(dropped).isEqualTo(model.dropped);
		}
	}

	@Test
	void nothingIsLostOrDoubledWhileTheBoundsChange() throws Exception {
		MailboxSpec dropping = new MailboxSpec(2, OverflowPolicy.DROP_OLDEST);
		MailboxSpec rejecting = new MailboxSpec(2, OverflowPolicy.REJECT);
		Mailbox<Integer> mailbox = new Mailbox<>(dropping);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger sending = new AtomicInteger(2);
		for (int t = 0; t < 2; t++) {
			new Thread(() -> {
				for (int i = 0; i < 300_000; i++) {
					if (mailbox.offer(i, (dropped) -> inside.decrementAndGet()) != Admission.REFUSED) {
						inside.incrementAndGet();
					}
				}
				sending.decrementAndGet();
			}).start();
		}

		for (int i = 0; sending.get() > 0; i++) {
			mailbox.change((i % 2 == 0) ? rejecting : dropping);
			for (int k = 0; k < 3; k++) {
				if (mailbox.poll() != null) {
					inside.decrementAndGet();
				}
			}
		}

		while (mailbox.poll() != null) {
			inside.decrementAndGet();
		}
		assertThat(inside).hasValue(0);
		assertThat(mailbox.size()).isZero();
	}

	@Test
	void tellsWhoHasToWakeTheConsumer() {
		Mailbox<String> mailbox = new Mailbox<>(new MailboxSpec(2, OverflowPolicy.REJECT));

		assertThat(mailbox.offer("a", MailboxTests::ignore)).isEqualTo(Admission.FIRST);
		assertThat(mailbox.offer("b", MailboxTests::ignore)).isEqualTo(Admission.BEHIND);
		assertThat(mailbox.offer("c", MailboxTests::ignore)).isEqualTo(Admission.REFUSED);
		mailbox.poll();
		assertThat(mailbox.offer("c", MailboxTests::ignore)).isEqualTo(Admission.FIRST);
	}

	@ParameterizedTest
	@EnumSource
	void losesNothingBetweenManySendersAndOneReceiver(OverflowPolicy overflow) throws Exception {
		int senders = 3;
		int each = 50_000;
		Mailbox<int[]> mailbox = new Mailbox<>(new MailboxSpec(64, overflow));
		ConcurrentLinkedQueue<int[]> dropped = new ConcurrentLinkedQueue<>();
		AtomicInteger refused = new AtomicInteger();
		CountDownLatch sending = new CountDownLatch(senders);
		for (int s = 0; s < senders; s++) {
			int sender = s;
			new Thread(() -> {
				for (int i = 0; i < each; i++) {
					if (mailbox.offer(new int[] { sender, i }, dropped::add) == Admission.REFUSED) {
						refused.incrementAndGet();
					}
				}
				sending.countDown();
			}).start();
		}

		int received = 0;
		int[] latest = { -1, -1, -1 };
		while (sending.getCount() > 0 || !mailbox.isEmpty()) {
			int[] element = mailbox.poll();
			if (element != null) {
				received++;
				assertThat(element[1]).isGreaterThan(latest[element[0]]);
				latest[element[0]] = element[1];
			}
		}

		assertThat(sending.await(1, TimeUnit.SECONDS)).isTrue();
		assertThat(received + dropped.size() + refused.get()).isEqualTo(senders * each);
		assertThat(mailbox.size()).isZero();
	}

	private static void ignore(Object dropped) {
	}

	/**
	 * The same, slowly and plainly.
	 */
	private static final class Model {

		private final Deque<Integer> queue = new ArrayDeque<>();

		private final List<Integer> dropped = new ArrayList<>();

		private final int capacity;

		private final OverflowPolicy overflow;

		Model(int capacity, OverflowPolicy overflow) {
			this.capacity = capacity;
			this.overflow = overflow;
		}

		boolean offer(int element) {
			if (counted() == this.capacity) {
				if (this.overflow == OverflowPolicy.REJECT) {
					return false;
				}
				Integer oldest = this.queue.stream().filter((waiting) -> waiting >= 0).findFirst().orElseThrow();
				this.queue.removeFirstOccurrence(oldest);
				this.dropped.add(oldest);
			}
			return this.queue.add(element);
		}

		@Nullable Integer poll() {
			return this.queue.poll();
		}

		int counted() {
			return (int) this.queue.stream().filter((waiting) -> waiting >= 0).count();
		}

	}

}
