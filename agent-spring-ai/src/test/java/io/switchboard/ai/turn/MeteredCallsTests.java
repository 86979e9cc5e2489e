package io.switchboard.ai.turn;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolOutcome;
import io.switchboard.ai.tool.WaitingFor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

class MeteredCallsTests {

	private final List<WaitingFor> told = new ArrayList<>();

	private final MeteredCalls calls = new MeteredCalls(this.told::add);

	@Test
	void theTurnWaitsForWhatAllOfItsCallsWaitFor() {
		Call one = new Call("c1");
		Call two = new Call("c2");

		one.meter().waits(WaitingFor.PERSON, 0);
		assertThat(this.told).isEmpty();
		two.meter().waits(WaitingFor.PROVIDER, 0);
		two.meter().waits(WaitingFor.PERSON, 0);
		two.meter().goesOn(WaitingFor.PERSON, 0);
		two.meter().goesOn(WaitingFor.PROVIDER, 0);

		assertThat(this.told).containsExactly(WaitingFor.PROVIDER, WaitingFor.PERSON, WaitingFor.PROVIDER,
				WaitingFor.NOTHING);
	}

	@Test
	void whatHasEndedIsNotWaitedFor() {
		Call one = new Call("c1");
		Call two = new Call("c2");
		one.meter().waits(WaitingFor.PERSON, 0);

		two.outcome.tryEmitValue(new ToolOutcome.Result("fine", null));

		assertThat(this.told).containsExactly(WaitingFor.PERSON);
	}

	@Test
	void aCallThatHasEndedHasNoSay() {
		Call one = new Call("c1");
		one.meter().waits(WaitingFor.PERSON, 0);
		one.receiver.cancel();
		Call again = new Call("c1");
		again.meter().waits(WaitingFor.PERSON, 0);

		one.meter().goesOn(WaitingFor.PERSON, 0);

		assertThat(this.told).containsExactly(WaitingFor.PERSON, WaitingFor.NOTHING, WaitingFor.PERSON);
	}

	@Test
	void aCallThatHasEndedKeepsNobody() {
		WeakReference<Consumer<WaitingFor>> listener = new WeakReference<>(new Listener());
		CallMeter[] meter = new CallMeter[1];
		new MeteredCalls(Objects.requireNonNull(listener.get())).around("c1", Mono.deferContextual((context) -> {
			meter[0] = CallMeter.of(context);
			return Mono.just(new ToolOutcome.Result("fine", null));
		})).block(Duration.ofSeconds(30));

		for (int i = 0; i < 100 && listener.get() != null; i++) {
			System.gc();
		}
		assertThat(listener.get()).isNull();
		assertThat(meter[0]).isNotNull();
	}

	@Test
	void theEndOfACallIsNotWaitedForWhenItIsTold() {
		Call one = new Call("c1");
		one.meter().waits(WaitingFor.PERSON, 0);

		one.outcome.tryEmitError(new TestException("stopped"));

		assertThat(one.toldBefore).containsExactly(WaitingFor.PERSON, WaitingFor.NOTHING);
	}

	/**
	 * A call under way, and what the turn was told when it heard of the call's end.
	 */
	private final class Call {

		final Sinks.One<ToolOutcome> outcome = Sinks.one();

		final TestSubscriber<ToolOutcome> receiver = TestSubscriber.create();

		final List<WaitingFor> toldBefore = new ArrayList<>();

		private final List<CallMeter> meters = new ArrayList<>();

		Call(String id) {
			Mono<ToolOutcome> made = Mono.deferContextual((view) -> {
				this.meters.add(Objects.requireNonNull(CallMeter.of(view)));
				return this.outcome.asMono();
			});
			MeteredCallsTests.this.calls.around(id, made)
				.doOnTerminate(() -> this.toldBefore.addAll(MeteredCallsTests.this.told))
				.subscribe(this.receiver);
		}

		CallMeter meter() {
			return this.meters.get(0);
		}

	}

	private static final class Listener implements Consumer<WaitingFor> {

		@Override
		public void accept(WaitingFor what) {
		}

	}

}
