package io.switchboard.autoconfigure.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.chat.ChatModelChoice.Candidate;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The application's chat models, by bean name.
 */
final class ChatModels {

	private final ConfigurableListableBeanFactory beanFactory;

	ChatModels(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Choose a model for each agent, without making any.
	 * @param agents the agents by name
	 * @return the bean names by agent name
	 * @throws ChatModelChoiceException if there is none for some of them
	 */
	Map<String, String> choose(Map<String, Agent> agents) {
		ChatModelChoice choice = new ChatModelChoice(candidates());
		Map<String, String> chosen = new LinkedHashMap<>();
		Map<String, @Nullable String> undecided = new LinkedHashMap<>();
		agents.forEach((name, agent) -> {
			String model = choice.choose(agent.model());
			if (model != null) {
				chosen.put(name, model);
			}
			else {
				undecided.put(name, agent.model());
			}
		});
		if (!undecided.isEmpty()) {
			throw new ChatModelChoiceException(undecided, choice.names());
		}
		return chosen;
	}

	/**
	 * Check that all models exist that agents may switch to.
	 * @param agents the agents by name
	 * @throws UnknownFallbackModelException if some do not
	 */
	void checkFallbacks(Map<String, Agent> agents) {
		List<String> names = candidates().stream().map(Candidate::name).toList();
		Map<String, String> unknown = new LinkedHashMap<>();
		agents.forEach((name, agent) -> agent.fallbackModels()
			.stream()
			.filter((model) -> !names.contains(model))
			.forEach((model) -> unknown.putIfAbsent(name, model)));
		if (!unknown.isEmpty()) {
			throw new UnknownFallbackModelException(unknown, names);
		}
	}

	private List<Candidate> candidates() {
		List<Candidate> candidates = new ArrayList<>();
		for (String name : names()) {
			BeanDefinition definition = this.beanFactory.containsBeanDefinition(name)
					? this.beanFactory.getMergedBeanDefinition(name) : null;
			candidates.add(new Candidate(name, definition != null && definition.isPrimary(),
					definition != null && definition.isFallback()));
		}
		return candidates;
	}

	List<String> names() {
		return List.of(this.beanFactory.getBeanNamesForType(ChatModel.class));
	}

	ChatModel get(String beanName) {
		return this.beanFactory.getBean(beanName, ChatModel.class);
	}

}
