package io.switchboard.runtime;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingStream}, as to signals that no order keeps apart.
 */
class PendingStreamTests {

	private static final AgentPath PATH = AgentPath.of("/a");

	private final TestSubscriber<String> receiver = TestSubscriber.create();

	private final PendingStream<String> stream = new PendingStream<>(this.receiver, PATH, String.class);

	@Test
	void workThatOtherWorkHasFollowedHasNoSayAnyMore() {
		Subscription first = new PendingStream<>(TestSubscriber.<String>create(), PATH, String.class);
		Subscription second = new PendingStream<>(TestSubscriber.<String>create(), PATH, String.class);
		this.receiver.onSubscribe(this.stream);
		this.stream.attach(first);
		this.stream.next(first, "first");
		this.stream.attach(second);

		this.stream.next(first, "late");
		this.stream.next(first, "later");
		this.stream.next(second, "second");

		assertThat(this.receiver.getReceivedOnNext()).containsExactly("first", "second");
	}

}
