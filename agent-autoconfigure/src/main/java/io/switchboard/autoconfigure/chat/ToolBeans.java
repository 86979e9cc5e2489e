package io.switchboard.autoconfigure.chat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.chat.UnknownToolException.UnknownTool;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The application's tools, by bean name: callbacks, providers of callbacks, and objects
 * with methods annotated as tools.
 */
final class ToolBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	ToolBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Check that all tools exist, without making any.
	 * @param agents the agents by name
	 * @throws UnknownToolException if some do not
	 */
	void check(Map<String, Agent> agents) {
		List<UnknownTool> unknown = new ArrayList<>();
		agents.forEach((name, agent) -> agent.tools()
			.stream()
			.filter((tool) -> !isTool(tool))
			.forEach((tool) -> unknown.add(new UnknownTool(name, tool, this.beanFactory.containsBean(tool)))));
		if (!unknown.isEmpty()) {
			throw new UnknownToolException(unknown,
					Arrays.stream(this.beanFactory.getBeanDefinitionNames()).filter(this::isTool).sorted().toList());
		}
	}

	private boolean isTool(String beanName) {
		return this.beanFactory.containsBean(beanName) && isToolType(type(beanName));
	}

	private @Nullable Class<?> type(String beanName) {
		return this.beanFactory.containsBeanDefinition(beanName)
				? AutoProxyUtils.determineTargetClass(this.beanFactory, beanName) : this.beanFactory.getType(beanName);
	}

	private static boolean isToolType(@Nullable Class<?> type) {
		return type != null && (ToolCallback.class.isAssignableFrom(type)
				|| ToolCallbackProvider.class.isAssignableFrom(type) || hasToolMethods(type));
	}

	private static boolean hasToolMethods(Class<?> type) {
		return !MethodIntrospector
			.selectMethods(type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, Tool.class))
			.isEmpty();
	}

	/**
	 * Get tools.
	 * @param beanNames the names of beans that are tools
	 * @return what they can do
	 */
	List<ToolCallback> get(List<String> beanNames) {
		List<ToolCallback> callbacks = new ArrayList<>();
		for (String beanName : beanNames) {
			Object bean = this.beanFactory.getBean(beanName);
			if (bean instanceof ToolCallback callback) {
				callbacks.add(callback);
			}
			else if (bean instanceof ToolCallbackProvider provider) {
				callbacks.addAll(List.of(provider.getToolCallbacks()));
			}
			else {
				callbacks.addAll(ToolMethods.of(bean));
			}
		}
		return callbacks;
	}

}
