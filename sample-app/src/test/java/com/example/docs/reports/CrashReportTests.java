package com.example.docs.reports;

import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.report.CrashReport;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.NodeControl;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.TraceEntry;
import io.switchboard.tree.TraceKind;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of crash reports and traces.
 */
class CrashReportTests {

	private static final AgentPath CASHIER = AgentPath.of("/cashier");

	@Test
	void theReportTellsOfTheCrash() {
		try (TestAgentSystem system = start()) {
			system.agent("/cashier").tell("pay with 4711 4711 4711 4711");

			assertThat(lastCrash(system.system())).isEqualTo(
					"java.lang.IllegalStateException: refused (card) while handling java.lang.String: pay with (card)");
		}
	}

	@Test
	void theTraceTellsWhatTheAgentDoes() {
		try (TestAgentSystem system = start()) {
			NodeControl control = system.system().control(CASHIER);
			system.resultOf(control.trace(100));
			system.agent("/cashier").tell("balance");

			List<TraceEntry> entries = Objects.requireNonNull(system.resultOf(slowMessages(control)));

			assertThat(entries).extracting(TraceEntry::kind).containsExactly(TraceKind.HANDLED);
		}
	}

	private static TestAgentSystem start() {
		AgentSpec<String> cashier = AgentSpec.builder("cashier", String.class,
				() -> (message, context) -> message.startsWith("pay")
						? Mono.error(new IllegalStateException(message.replace("pay with", "refused")))
						: Mono.just(message))
			.build();
		return TestAgentSystem.builder(SupervisorSpec.builder("root").child(cashier).build())
			.settings((builder) -> builder.sanitizer(new MaskingConfiguration().sanitizer()))
			.start();
	}

	// tag::read[]
	private static String lastCrash(AgentSystem system) {
		List<CrashReport> reports = system.crashReports(AgentPath.of("/cashier"));
		CrashReport last = reports.get(0);
		return "%s while handling %s".formatted(last.reason(), last.message());
	}
	// end::read[]

	// tag::trace[]
	private static Mono<List<TraceEntry>> slowMessages(NodeControl control) {
		return control.traced().map((entries) -> entries.stream().filter((entry) -> entry.took() != null).toList());
	}
	// end::trace[]

}
