package io.switchboard.test.model;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An assertion on a prompt fails with what came in.
 */
class PromptAssertTests {

	private final ReceivedPrompt prompt = new ReceivedPrompt(new Prompt("Where is ORD-1?"));

	@Test
	void namesThePromptWhenTheUserTextDiffers() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.prompt).hasLastUserText("Where is ORD-2?"))
			.withMessageContaining("last user text of [user: Where is ORD-1?]")
			.withMessageContaining("ORD-2");
	}

	@Test
	void failsWhenAToolIsMissing() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.prompt).offersTools("orderLookup"))
			.withMessageContaining("orderLookup");
	}

	@Test
	void aPromptWithoutSystemMessageHasAnEmptySystemText() {
		assertThat(this.prompt).systemText().isEmpty();
		assertThat(this.prompt).messages().hasSize(1);
	}

	@Test
	void doesNotSeeWhatTheCallerAddsToItsConversationLater() {
		List<Message> conversation = new ArrayList<>(List.of(new UserMessage("one")));
		ReceivedPrompt received = new ReceivedPrompt(new Prompt(conversation));

		conversation.add(new UserMessage("two"));

		assertThat(received).hasLastUserText("one");
	}

	@Test
	void failsWhenStepsAreLeftOver() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("a").answer("b").build();
		model.call("hi");

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(model).hasUsedItsScript())
			.withMessageContaining("steps left in the script");
	}

	@Test
	void thereIsNoLastPromptBeforeTheFirstCall() {
		ScriptedChatModel model = ScriptedChatModel.script().build();

		assertThatIllegalStateException().isThrownBy(model::lastPrompt).withMessageContaining("was not called yet");
	}

}
