package com.example.helpdesk;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that properties alone choose the help desk's model, and that no choice needs a
 * key or a server to start with.
 */
class ModelChoiceTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "rehearsal, rehearsalChatModel", "openai, openAiChatModel", "ollama, ollamaChatModel" })
	void propertyChoosesTheModelBesideTheUnderstudy(String choice, String bean) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(HelpDeskApplication.class)
			.web(WebApplicationType.NONE)
			.run("--spring.ai.model.chat=" + choice)) {

			assertThat(context.getBeansOfType(ChatModel.class)).containsOnlyKeys(bean, "understudy");
			assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean(bean));
		}
	}

}
