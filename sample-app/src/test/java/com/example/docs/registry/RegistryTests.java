package com.example.docs.registry;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.registry.GroupEvent;
import io.switchboard.registry.Name;
import io.switchboard.registry.Names;
import io.switchboard.registry.Overflow;
import io.switchboard.registry.Owner;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of names, groups and topics.
 */
class RegistryTests {

	@Test
	void theAgentIsFoundByName() {
		try (TestAgentSystem system = start()) {
			AgentRef<PriceChanged> ref = find(system.system());

			assertThat(ref).isNotNull();
			assertThat(ref.path()).isEqualTo(AgentPath.of("/watcher"));
		}
	}

	@Test
	void theApplicationFollowsTopicAndGroup() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<PriceChanged> prices = TestSubscriber.create();
			TestSubscriber<GroupEvent> watchers = TestSubscriber.create();
			prices(system.system()).subscribe(prices);
			watchers(system.system()).subscribe(watchers);

			int taken = broadcast(system.system());

			assertThat(taken).isEqualTo(2);
			assertThat(prices.getReceivedOnNext()).containsExactly(new PriceChanged("tea", 340));
			assertThat(watchers.getReceivedOnNext()).hasSize(1);
			AgentRef<PriceChanged> watcher = system.agent("/watcher", PriceChanged.class);
			assertThat(system.resultOf(watcher.ask(new PriceChanged("tea", 350), Integer.class))).isEqualTo(2);
		}
	}

	@Test
	void theLockGuardsTheName() {
		try (TestAgentSystem system = start()) {
			Names names = system.system().registry().names();
			Owner owner = Owner.at(AgentPath.of("/watcher"));

			Name first = system.resultOf(claim(names, owner));
			Name second = system.resultOf(claim(names, owner));

			assertThat(first).isEqualTo(new Name("night shift", owner, null)).isEqualTo(second);
		}
	}

	private static TestAgentSystem start() {
		return TestAgentSystem.start(SupervisorSpec.builder("root").child(watcher()).build());
	}

	private static AgentSpec<PriceChanged> watcher() {
		// tag::name[]
		return AgentSpec.builder("watcher", PriceChanged.class, PriceWatcher::new)
			.registeredAs("price watcher")
			.build();
		// end::name[]
	}

	// tag::find[]
	private static @Nullable AgentRef<PriceChanged> find(AgentSystem system) {
		Name name = system.registry().names().whereIs("price watcher");
		return (name != null) ? system.agent(name.owner().path(), PriceChanged.class) : null;
	}
	// end::find[]

	// tag::follow[]
	private static Flux<PriceChanged> prices(AgentSystem system) {
		return system.registry().topics().subscribe("prices", PriceChanged.class, Overflow.dropOldest(100));
	}

	private static Flux<GroupEvent> watchers(AgentSystem system) {
		return system.registry().groups().monitor("watchers");
	}

	private static int broadcast(AgentSystem system) {
		return system.registry().topics().broadcast("prices", new PriceChanged("tea", 340));
	}
	// end::follow[]

	// tag::lock[]
	private static Mono<Name> claim(Names names, Owner owner) {
		return names.withLock("night shift", Mono.fromCallable(() -> {
			Name held = names.whereIs("night shift");
			return (held != null) ? held : names.register("night shift", owner).orElseThrow();
		}));
	}
	// end::lock[]

}
