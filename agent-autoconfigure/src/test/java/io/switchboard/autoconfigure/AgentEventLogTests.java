package io.switchboard.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static java.nio.charset.StandardCharsets.UTF_8;
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
	void keysOfARestartAreFieldsOfStructuredLogs() {
		Logger logger = (Logger) LoggerFactory.getLogger(AgentSystem.class);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		LoggerContext context = new LoggerContext();
		context.putObject(Environment.class.getName(), new MockEnvironment());
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat("ecs");
		encoder.start();

		try {
			this.log.onEvent(new AgentEvent.Restarted(PATH, NodeType.AGENT, 3, ExitReason.killed(), 2, Instant.EPOCH));
		}
		finally {
			logger.detachAppender(lines);
		}

		assertThat(lines.list).singleElement()
			.satisfies((line) -> assertThat(new String(encoder.encode(line), UTF_8)).contains(
					"\"child\":\"/desk/slow\"", "\"supervisor\":\"/desk\"", "\"restarts\":2", "\"incarnation\":3"));
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
