package io.switchboard.autoconfigure.annotated;

import java.io.Serializable;
import java.util.ArrayList;

import io.switchboard.annotation.OnMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MessageHandlers}.
 */
class MessageHandlersTests {

	private final MessageHandlers handlers = AgentClassReader.read(Desk.class, new ArrayList<>()).handlers();

	@Test
	void theMostSpecificTypeWins() {
		assertThat(this.handlers.handlerFor(Urgent.class)).asString().endsWith("urgent(Urgent)");
		assertThat(this.handlers.handlerFor(Plain.class)).asString().endsWith("order(Order)");
	}

	@Test
	void theGeneralHandlerTakesTheRest() {
		assertThat(this.handlers.handlerFor(Integer.class)).asString().endsWith("rest(Object)");
	}

	@Test
	void twoTypesThatAreNeitherMoreSpecificAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> this.handlers.handlerFor(Both.class))
			.withMessageContainingAll("order(Order)", "letter(Letter)", "add one for Both");
	}

	interface Order {

	}

	interface Letter {

	}

	record Plain() implements Order {

	}

	record Urgent() implements Order {

	}

	record Both() implements Order, Letter, Serializable {

	}

	static class Desk {

		@OnMessage
		void order(Order message) {
		}

		@OnMessage
		void urgent(Urgent message) {
		}

		@OnMessage
		void letter(Letter message) {
		}

		@OnMessage
		void rest(Object message) {
		}

	}

}
