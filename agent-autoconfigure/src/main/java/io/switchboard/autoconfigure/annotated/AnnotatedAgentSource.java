package io.switchboard.autoconfigure.annotated;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import io.switchboard.annotation.Agent;
import io.switchboard.autoconfigure.AgentSettings;
import io.switchboard.autoconfigure.AgentSource;
import io.switchboard.autoconfigure.ChildDefinition;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.supervision.AgentSpec;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds the beans whose class is annotated with {@link Agent}, ordered by {@code @Order}
 * and name.
 */
final class AnnotatedAgentSource implements AgentSource {

	private final ConfigurableListableBeanFactory beanFactory;

	private final SwitchboardProperties properties;

	AnnotatedAgentSource(ConfigurableListableBeanFactory beanFactory, SwitchboardProperties properties) {
		this.beanFactory = beanFactory;
		this.properties = properties;
	}

	@Override
	public List<ChildDefinition> definitions() {
		List<AnnotatedAgent> agents = agents();
		List<AnnotatedAgent> shared = agents.stream()
			.filter((agent) -> !this.beanFactory.isPrototype(agent.beanName()))
			.toList();
		if (!shared.isEmpty()) {
			throw new SharedAgentException(shared);
		}
		List<String> problems = new ArrayList<>();
		List<Supplier<ChildDefinition>> definitions = agents.stream().map((agent) -> define(agent, problems)).toList();
		if (!problems.isEmpty()) {
			throw new InvalidAgentClassException(problems);
		}
		return definitions.stream().map(Supplier::get).toList();
	}

	private List<AnnotatedAgent> agents() {
		List<AnnotatedAgent> agents = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanDefinitionNames()) {
			// No factory bean is made early just to be asked what it makes
			Agent annotation = this.beanFactory.getBeanDefinition(beanName).isAbstract() ? null
					: this.beanFactory.findAnnotationOnBean(beanName, Agent.class, false);
			Class<?> type = (annotation != null) ? AutoProxyUtils.determineTargetClass(this.beanFactory, beanName)
					: null;
			if (annotation != null && type != null) {
				agents.add(new AnnotatedAgent(beanName, type, annotation));
			}
		}
		agents.sort(Comparator.comparingInt(AnnotatedAgent::order).thenComparing(AnnotatedAgent::name));
		return agents;
	}

	private Supplier<ChildDefinition> define(AnnotatedAgent agent, List<String> problems) {
		AgentClass agentClass = AgentClassReader.read(agent.type(), problems);
		AgentSettings settings = agent.settings(this.properties.handlerTimeout(), problems)
			.with(this.properties.agents().get(agent.name()), agent.restart());
		return () -> new ChildDefinition("class " + agent.type().getName(), settings.supervisor(),
				settings.specify((id) -> specify(id, agent, agentClass)));
	}

	private AgentSpec.Builder<?> specify(String id, AnnotatedAgent agent, AgentClass agentClass) {
		return AgentSpec
			.builder(id, Object.class,
					() -> new AnnotatedBehaviour(agentClass,
							AgentBean.create(this.beanFactory, agent.beanName(), agent.type())))
			.messageTypes(agentClass.handlers().messageTypes())
			.blocking(agentClass.blocks());
	}

}
