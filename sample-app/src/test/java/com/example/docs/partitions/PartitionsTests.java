package com.example.docs.partitions;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the example of partitions.
 */
class PartitionsTests {

	@Test
	void keysGoToTheirPartition() {
		try (TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root").child(counters()).build())) {
			assertThat(count(system.system(), 42)).isEqualTo(SendResult.ACCEPTED);
			assertThat(system.system().partitions(AgentPath.of("/counters")).of(42)).hasToString("/counters/2");
		}
	}

	private static PartitionSupervisorSpec counters() {
		// tag::partitions[]
		return PartitionSupervisorSpec
			.builder("counters",
					(number) -> AgentSpec
						.builder(Integer.toString(number), Integer.class, () -> (customer, context) -> Mono.empty())
						.build())
			.partitions(4)
			.build();
		// end::partitions[]
	}

	// tag::route[]
	private static SendResult count(AgentSystem system, Integer customer) {
		AgentPath partition = system.partitions(AgentPath.of("/counters")).of(customer);
		return system.agent(partition, Integer.class).tell(customer);
	}
	// end::route[]

}
