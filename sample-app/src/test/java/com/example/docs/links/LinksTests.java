package com.example.docs.links;

import com.example.docs.links.DeskMessage.Gone;
import com.example.docs.links.DeskMessage.Hired;
import com.example.docs.links.DeskMessage.Released;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of links and monitors.
 */
class LinksTests {

	private static final AgentPath CLERK = AgentPath.of("/clerk");

	private final Probes probes = new Probes();

	private final TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root")
		.child(this.probes.agent("microphone").spec())
		.child(AgentSpec.builder("recorder", String.class, Recorder::new).build())
		.child(this.probes.agent("clerk").spec())
		.child(desk())
		.build());

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void theDeskForgetsWhoIsGone() {
		assertThat(clerksAfter(new Hired(CLERK))).isOne();

		this.system.agent("/clerk").tell(ProbeCommand.fail());

		assertThat(clerksAfter(new Released(AgentPath.of("/nobody")))).isZero();
	}

	@Test
	void theDeskWatchesNobodyWhoWasReleased() {
		clerksAfter(new Hired(CLERK));
		clerksAfter(new Released(CLERK));
		clerksAfter(new Hired(AgentPath.of("/microphone")));

		this.system.agent("/clerk").tell(ProbeCommand.fail());

		assertThat(clerksAfter(new Released(AgentPath.of("/nobody")))).isOne();
	}

	@Test
	void theRecorderComesBackWithItsMicrophone() {
		this.system.agent("/microphone").tell(ProbeCommand.fail());

		assertThat(this.system.tree().find(AgentPath.of("/recorder")).incarnation()).isEqualTo(2);
		assertThat(this.system.resultOf(this.system.agent("/recorder", String.class).ask("hello", String.class)))
			.isEqualTo("recorded: hello");
	}

	@Test
	void theApplicationWaitsForAnEnd() {
		TestSubscriber<String> farewell = TestSubscriber.create();
		farewell(this.system.system(), CLERK).subscribe(farewell);

		this.system.agent("/clerk").tell(ProbeCommand.shutdown());

		assertThat(farewell.getReceivedOnNext()).containsExactly("life 1 of /clerk has ended: shutdown");
	}

	private Integer clerksAfter(DeskMessage message) {
		AgentRef<DeskMessage> desk = this.system.agent("/desk", DeskMessage.class);
		return this.system.resultOf(desk.ask(message, Integer.class));
	}

	private static AgentSpec<DeskMessage> desk() {
		// tag::listener[]
		return AgentSpec.builder("desk", DeskMessage.class, Desk::new)
			.onLinkedExit((end) -> new Gone(end.path(), end.reason()))
			.build();
		// end::listener[]
	}

	// tag::farewell[]
	private static Mono<String> farewell(AgentSystem system, AgentPath path) {
		return system.whenTerminated(path)
			.map((end) -> "life %d of %s has ended: %s".formatted(end.incarnation(), end.path(), end.reason()));
	}
	// end::farewell[]

}
