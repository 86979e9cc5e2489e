package com.example.docs.providers;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ai.model.ModelProvider;
import org.reactivestreams.Publisher;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

// tag::translator[]
class Translator implements Behaviour<String> {

	private final ModelProvider provider;

	private final ChatModel model;

	Translator(ModelProvider provider, ChatModel model) {
		this.provider = provider;
		this.model = model;
	}

	@Override
	public Publisher<?> onMessage(String text, AgentContext<String> context) {
		return this.provider.call(context, () -> this.model.stream(new Prompt("Say it in French: " + text)))
			.mapNotNull((piece) -> piece.getResult().getOutput().getText())
			.reduce("", String::concat);
	}

}
// end::translator[]
