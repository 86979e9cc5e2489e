package io.switchboard.autoconfigure.actuate;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.switchboard.autoconfigure.operations.AgentAction;
import io.switchboard.autoconfigure.operations.AgentOperationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/actuator.md} tells all that {@link AgentsEndpoint} does.
 */
class DocumentedShapesTests {

	@ParameterizedTest(name = "{0} of {1}")
	@MethodSource("fields")
	void everyFieldIsDocumented(String field, String shape) throws IOException {
		assertThat(page()).as(shape).contains("`" + field + "`");
	}

	@ParameterizedTest
	@EnumSource
	void everyActionIsDocumented(AgentAction action) throws IOException {
		assertThat(page()).contains("| `" + action.id() + "` |");
	}

	@ParameterizedTest
	@EnumSource
	void everyProblemIsDocumented(AgentOperationException.Problem problem) throws IOException {
		assertThat(page()).contains("(`" + problem.id() + "`)");
	}

	private static String page() throws IOException {
		return Files.readString(Path.of("..", "docs", "actuator.md"));
	}

	static Stream<Object[]> fields() {
		return Stream
			.of(AgentDescriptor.class, AgentDescriptor.Mailbox.class, AgentDescriptor.Definition.class,
					SupervisorDescriptor.class, ExitDescriptor.class, NodeDetails.class, SpecificationDescriptor.class,
					CrashReportDescriptor.Budget.class, StatisticsDescriptor.class, OperationProblem.class,
					DeadLettersDescriptor.class, DeadLettersDescriptor.Turn.class, DeadLettersDescriptor.Message.class,
					CrashesEndpoint.Descriptor.class)
			.flatMap((shape) -> Arrays.stream(shape.getRecordComponents())
				.filter((component) -> !isUnwrapped(component))
				.map((component) -> new Object[] { component.getName(), shape.getSimpleName() }));
	}

	private static boolean isUnwrapped(RecordComponent component) {
		return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
	}

}
