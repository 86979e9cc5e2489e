package com.example.helpdesk.rehearsal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RehearsalConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RehearsalConfigurationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(RehearsalConfiguration.class);

	@Test
	void registersTheModelAndSaysSoInTheLogOnce(CapturedOutput output) {
		this.application.withPropertyValues("spring.ai.model.chat=rehearsal")
			.run((context) -> assertThat(context).hasSingleBean(ChatModel.class).hasBean("rehearsalChatModel"));

		assertThat(output).containsOnlyOnce("rehearsal model: rules, no neural network");
	}

	@Test
	void backsOffForAnyOtherModel() {
		this.application.withPropertyValues("spring.ai.model.chat=openai")
			.run((context) -> assertThat(context).doesNotHaveBean(ChatModel.class));
		this.application.run((context) -> assertThat(context).doesNotHaveBean(ChatModel.class));
	}

	@Test
	void speaksAtAHumanPaceUnlessToldOtherwise() {
		this.application.withPropertyValues("spring.ai.model.chat=rehearsal")
			.run((context) -> assertThat(context.getBean(RehearsalProperties.class).wordsPerSecond()).isEqualTo(35));
	}

	@Test
	void refusesAPaceThatCannotBe() {
		this.application.withPropertyValues("spring.ai.model.chat=rehearsal", "helpdesk.rehearsal.words-per-second=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("helpdesk.rehearsal.words-per-second is -1"));
	}

}
