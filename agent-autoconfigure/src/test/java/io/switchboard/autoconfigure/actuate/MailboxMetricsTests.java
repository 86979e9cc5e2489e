package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metrics of mailboxes in a running application.
 */
class MailboxMetricsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int SESSIONS = 10_000;

	private final MockClock clock = new MockClock();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class,
				AgentMetricsAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock))
		.withBean("desk", ChildSpec.class, () -> agent("desk"))
		.withBean("sessions", ChildSpec.class,
				() -> DynamicSupervisorSpec.builder("sessions").template(MailboxMetricsTests::agent).build());

	@Test
	void tenThousandSessionsMakeNoMoreMetersThanOne() {
		this.runner.run((context) -> {
			AgentSystem system = context.getBean(AgentSystem.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			List<Meter> before = registry.getMeters();

			Flux.range(0, SESSIONS)
				.flatMap((number) -> system.agent("/sessions/s" + number, String.class).ask("hello", String.class))
				.then()
				.block(LIMIT);
			this.clock.addSeconds(2);

			assertThat(gauge(registry, "switchboard.sessions", "sessions")).isEqualTo(SESSIONS);
			assertThat(registry.get("switchboard.mailbox.handling").tag("agent", "sessions").functionTimer().count())
				.isEqualTo(SESSIONS);
			assertThat(registry.get("switchboard.mailbox.wait").tag("agent", "sessions").functionTimer().count())
				.isEqualTo(SESSIONS);
			assertThat(registry.getMeters()).hasSameSizeAs(before);
			assertThat(registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
				.extracting(Tag::getValue)
				.noneMatch((value) -> value.matches(".*s\\d+"));
		});
	}

	@Test
	void whatWaitsIsShown() {
		this.runner.run((context) -> {
			AgentSystem system = context.getBean(AgentSystem.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (String agent : List.of("/sessions/one", "/sessions/two", "/sessions/two")) {
				system.agent(agent, String.class).tell("never");
				system.agent(agent, String.class).tell("waits");
			}

			Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
				this.clock.addSeconds(2);
				assertThat(gauge(registry, "switchboard.mailbox.waiting", "sessions")).isEqualTo(4);
			});
			assertThat(gauge(registry, "switchboard.mailbox.deepest", "sessions")).isEqualTo(3);
			assertThat(registry.get("switchboard.mailbox.oldest")
				.tag("agent", "sessions")
				.timeGauge()
				.value(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(gauge(registry, "switchboard.mailbox.waiting", "desk")).isZero();
			assertThat(registry.get("switchboard.mailbox.oldest").tag("agent", "desk").timeGauge().value()).isZero();
			assertThat(registry.find("switchboard.sessions").tag("agent", "desk").gauge()).isNull();
		});
	}

	private static AgentSpec<String> agent(String name) {
		return AgentSpec
			.builder(name, String.class,
					() -> (message, context) -> "never".equals(message) ? Mono.never() : Mono.just(message))
			.build();
	}

	private static double gauge(MeterRegistry registry, String name, String agent) {
		return registry.get(name).tag("agent", agent).gauge().value();
	}

}
