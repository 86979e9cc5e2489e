package io.switchboard.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentEventLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AgentEventLogTests {

	private static final AgentPath PATH = AgentPath.of("/desk/slow");

	private final AgentEventLog log = new AgentEventLog();

	@Test
	void aThreadThatIsLostIsAWarning(CapturedOutput output) {
		this.log.onEvent(new AgentEvent.WorkAbandoned(PATH, 3, ExitReason.killed(), Instant.EPOCH));

		assertThat(output).contains("WARN")
			.contains("still holds a thread supervisor=/desk child=/desk/slow reason=killed incarnation=3");
	}

	@Test
	void aTaskThatIsCancelledWhileItHoldsAThreadIsNone(CapturedOutput output) {
		this.log.onEvent(new AgentEvent.WorkAbandoned(PATH, 3, ExitReason.shutdown(), Instant.EPOCH));

		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void anAgentThatKeepsAWorkerIsAWarning(CapturedOutput output) {
		this.log.onEvent(new AgentEvent.WorkerHeld(PATH, 3, Duration.ofMillis(100), Instant.EPOCH));

		assertThat(output).contains("WARN").contains("Keeps a worker to itself").contains("child=/desk/slow");
	}

	@Test
	void aLimitThatIsNearIsAWarning(CapturedOutput output) {
		this.log.onEvent(new AgentEvent.LimitNear(PATH, 3, "tokens", 0.834, Instant.EPOCH));

		assertThat(output).contains("WARN")
			.contains("Nearly used up")
			.contains("child=/desk/slow limit=tokens used=83%");
	}

	@Test
	void whatAnOperatorDidIsWrittenOnOneLine(CapturedOutput output) {
		this.log.onEvent(new AgentEvent.Operated(PATH, "restart", "ann\nERROR all", "done", Instant.EPOCH));

		assertThat(output).contains("INFO")
			.contains("Operated on by hand supervisor=/desk child=/desk/slow action=restart operator=ann_ERROR_all "
					+ "outcome=done");
	}

}
