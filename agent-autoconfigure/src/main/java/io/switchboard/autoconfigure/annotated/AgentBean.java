package io.switchboard.autoconfigure.annotated;

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/**
 * The bean of one incarnation: made at its start, given back at its end.
 */
final class AgentBean {

	private final ConfigurableBeanFactory beanFactory;

	private final String name;

	private final Object instance;

	private final AtomicBoolean released = new AtomicBoolean();

	private AgentBean(ConfigurableBeanFactory beanFactory, String name, Object instance) {
		this.beanFactory = beanFactory;
		this.name = name;
		this.instance = instance;
	}

	static AgentBean create(ConfigurableBeanFactory beanFactory, String name, Class<?> type) {
		Object instance = beanFactory.getBean(name);
		if (!type.isInstance(instance)) {
			throw new IllegalStateException(
					"Agent bean '%s' is a proxy of type %s and hides the class %s: let Spring proxy classes, with spring.aop.proxy-target-class=true"
						.formatted(name, instance.getClass().getName(), type.getName()));
		}
		return new AgentBean(beanFactory, name, instance);
	}

	Object instance() {
		return this.instance;
	}

	/**
	 * Destroy the bean; a second call does nothing.
	 */
	void release() {
		if (this.released.compareAndSet(false, true)) {
			Object target = AopProxyUtils.getSingletonTarget(this.instance);
			this.beanFactory.destroyBean(this.name, (target != null) ? target : this.instance);
		}
	}

}
