package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.switchboard.ai.tool.ToolCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ToolContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class TurnWordsTests {

	@ParameterizedTest
	@MethodSource
	void eventsHaveTheirNameOnTheWireAndKnowWhetherTheyAreTheLast(TurnEvent event, String type, boolean last) {
		assertThat(event.type()).isEqualTo(type);
		assertThat(event.last()).isEqualTo(last);
		assertThat(event.turn()).isEqualTo("t");
	}

	static Stream<Arguments> eventsHaveTheirNameOnTheWireAndKnowWhetherTheyAreTheLast() {
		return Stream.of(arguments(new TurnStarted("t"), "turn-started", false),
				arguments(new Token("t", "a"), "token", false),
				arguments(new ToolCall("t", "c", "lookup", "{}"), "tool-call", false),
				arguments(new ToolResult("t", "c", "lookup", "ok"), "tool-result", false),
				arguments(new TurnCompleted("t", "a", Usage.none(), 1), "turn-completed", true),
				arguments(new TurnFailed("t", "network", "cut"), "turn-failed", true),
				arguments(new TurnCancelled("t"), "turn-cancelled", true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n" })
	void requestsNeedATurnAndAnInput(String blank) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TurnRequest(blank, "Hi?"))
			.withMessageContaining("'turn'");
		assertThatIllegalArgumentException().isThrownBy(() -> new TurnRequest("t", blank))
			.withMessageContaining("'input'");
	}

	@Test
	void whatIsAcceptedStaysSo() {
		TurnRequest request = new TurnRequest("t", "Hi?");

		assertThat(request.accepted()).isFalse();
		assertThat(request.asAccepted().withMedia(List.of()).withOutput(OutputType.of(Integer.class)).accepted())
			.isTrue();
		assertThat(request.asAccepted()).isNotEqualTo(request);
	}

	@Test
	void usagesAddUp() {
		assertThat(new Usage(1, 2).plus(new Usage(10, 20))).isEqualTo(new Usage(11, 22));
		assertThat(new Usage(1, 2).total()).isEqualTo(3);
	}

	@Test
	void aBudgetNeedsRoomForOneStep() {
		assertThatIllegalArgumentException().isThrownBy(() -> Budget.defaults().withSteps(0))
			.withMessageContaining("0 steps");
		assertThatIllegalArgumentException().isThrownBy(() -> Budget.defaults().withTokens(-1))
			.withMessageContaining("-1 tokens");
		assertThatIllegalArgumentException().isThrownBy(() -> Budget.defaults().withTime(Duration.ZERO))
			.withMessageContaining("PT0S");
	}

	@Test
	void aToolThatNoAgentCalledIsTold() {
		ToolContext context = new ToolContext(Map.of("tenant", "acme"));

		assertThatIllegalStateException().isThrownBy(() -> ToolCaller.from(context))
			.withMessageContaining("not called by an agent")
			.withMessageContaining("tenant");
	}

}
