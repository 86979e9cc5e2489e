package io.switchboard.registry;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Names#withLock}.
 */
class NameLockTests {

	private final TestResidents residents = new TestResidents();

	private final Names names = this.residents.registry.names();

	private final Owner a = this.residents.life("/a", 1);

	private final Owner b = this.residents.life("/b", 1);

	private final List<String> log = new ArrayList<>();

	private final Sinks.One<String> first = Sinks.one();

	private final Sinks.One<String> second = Sinks.one();

	@Test
	void workUnderTheSameKeyIsDoneOneAfterTheOther() {
		TestSubscriber<String> one = subscribe(this.names.withLock("k", this.a, work("one", this.first)));
		TestSubscriber<String> two = subscribe(this.names.withLock("k", this.b, work("two", this.second)));
		assertThat(this.log).containsExactly("one begins");

		this.first.tryEmitValue("1");
		assertThat(this.log).containsExactly("one begins", "two begins");
		this.second.tryEmitValue("2");

		assertThat(one.getReceivedOnNext()).containsExactly("1");
		assertThat(two.getReceivedOnNext()).containsExactly("2");
		assertThat(this.residents.at(this.a).bound.size()).isZero();
	}

	@Test
	void workUnderOtherKeysIsDoneAtTheSameTime() {
		subscribe(this.names.withLock("k", work("one", this.first)));
		subscribe(this.names.withLock("l", work("two", this.second)));

		assertThat(this.log).containsExactly("one begins", "two begins");
	}

	@Test
	void failedWorkGivesTheLockBack() {
		TestSubscriber<String> one = subscribe(this.names.withLock("k", work("one", this.first)));
		subscribe(this.names.withLock("k", work("two", this.second)));

		this.first.tryEmitError(new IllegalStateException("told to fail"));

		assertThat(one.expectTerminalError()).hasMessage("told to fail");
		assertThat(this.log).containsExactly("one begins", "two begins");
	}

	@Test
	void emptyWorkCompletesEmpty() {
		TestSubscriber<Object> one = subscribe(this.names.withLock("k", Mono.empty()));
		TestSubscriber<Object> two = subscribe(this.names.withLock("k", Mono.empty()));

		assertThat(one.isTerminatedComplete()).isTrue();
		assertThat(two.isTerminatedComplete()).isTrue();
		assertThat(this.residents.boundToSystem()).isZero();
	}

	@Test
	void cancelledWorkGivesTheLockBack() {
		TestSubscriber<String> one = subscribe(this.names.withLock("k", work("one", this.first)));
		subscribe(this.names.withLock("k", work("two", this.second)));

		one.cancel();

		assertThat(this.log).containsExactly("one begins", "one cancelled", "two begins");
	}

	@Test
	void whoeverStopsWaitingLeavesTheLine() {
		subscribe(this.names.withLock("k", work("one", this.first)));
		TestSubscriber<String> two = subscribe(this.names.withLock("k", this.b, work("two", this.second)));
		subscribe(this.names.withLock("k", work("three", this.second)));

		two.cancel();
		this.first.tryEmitValue("1");

		assertThat(this.log).containsExactly("one begins", "three begins");
		assertThat(this.residents.at(this.b).bound.size()).isZero();
	}

	@Test
	void theHoldersEndCancelsTheWorkAndGivesTheLockBack() {
		TestSubscriber<String> one = subscribe(this.names.withLock("k", this.a, work("one", this.first)));
		subscribe(this.names.withLock("k", this.b, work("two", this.second)));

		this.residents.end(this.a);

		assertThat(one.expectTerminalError()).isInstanceOfSatisfying(OwnerGoneException.class,
				(ex) -> assertThat(ex.owner()).isEqualTo(this.a));
		assertThat(this.log).containsExactly("one begins", "one cancelled", "two begins");
	}

	@Test
	void theEndOfOneWhoWaitsEndsTheWaiting() {
		subscribe(this.names.withLock("k", this.a, work("one", this.first)));
		TestSubscriber<String> two = subscribe(this.names.withLock("k", this.b, work("two", this.second)));
		subscribe(this.names.withLock("k", work("three", this.second)));

		this.residents.end(this.b);
		this.first.tryEmitValue("1");

		assertThat(two.expectTerminalError()).isInstanceOf(OwnerGoneException.class);
		assertThat(this.log).containsExactly("one begins", "three begins");
	}

	@Test
	void theDeadGetNoLock() {
		this.residents.end(this.a);

		TestSubscriber<String> one = subscribe(this.names.withLock("k", this.a, work("one", this.first)));

		assertThat(one.expectTerminalError()).isInstanceOf(OwnerGoneException.class);
		assertThat(this.log).isEmpty();
	}

	@Test
	void theEndOfTheSystemEndsEverything() {
		TestSubscriber<String> one = subscribe(this.names.withLock("k", work("one", this.first)));
		TestSubscriber<String> two = subscribe(this.names.withLock("k", work("two", this.second)));

		this.residents.endSystem();

		assertThat(one.expectTerminalError()).hasMessageContaining("the system has ended");
		assertThat(two.expectTerminalError()).hasMessageContaining("the system has ended");
	}

	private <T> Mono<T> work(String name, Sinks.One<T> end) {
		return Mono.defer(() -> {
			this.log.add(name + " begins");
			return end.asMono().doOnCancel(() -> this.log.add(name + " cancelled"));
		});
	}

	private static <T> TestSubscriber<T> subscribe(Mono<T> mono) {
		TestSubscriber<T> subscriber = TestSubscriber.create();
		mono.subscribe(subscriber);
		return subscriber;
	}

}
