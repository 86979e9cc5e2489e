package io.switchboard.autoconfigure.annotated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.supervision.AgentSpec;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import reactor.test.StepVerifier;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for annotated agents that aspects are woven around.
 */
class ProxiedAgentTests {

	private static final List<String> lines = new ArrayList<>();

	@SuppressWarnings("unchecked")
	private final AgentContext<Object> agentContext = BDDMockito.mock(AgentContext.class);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
		lines.clear();
	}

	@Test
	void aspectsRunAroundHandlers() throws Exception {
		Behaviour<Object> behaviour = spec(true).factory().create();

		assertThat(behaviour.onMessage("hello", this.agentContext)).isNotNull();

		assertThat(lines).containsExactly("before handle", "handled hello");
	}

	@Test
	void theObjectBehindTheProxyIsGivenBack() throws Exception {
		Behaviour<Object> behaviour = spec(true).factory().create();

		StepVerifier.create(behaviour.onStop(ExitReason.normal(), this.agentContext))
			.expectComplete()
			.verify(Duration.ofSeconds(60));

		assertThat(lines).containsExactly("destroyed");
	}

	@Test
	void aProxyThatHidesTheClassIsRefused() {
		AgentSpec<Object> spec = spec(false);

		assertThatIllegalStateException().isThrownBy(() -> spec.factory().create())
			.withMessageContainingAll("hides the class " + Proxied.class.getName(),
					"spring.aop.proxy-target-class=true");
	}

	@SuppressWarnings("unchecked")
	private AgentSpec<Object> spec(boolean proxyTargetClass) {
		this.context.registerBean("advice", MethodInterceptor.class, () -> (invocation) -> {
			lines.add("before " + invocation.getMethod().getName());
			return invocation.proceed();
		});
		this.context.registerBean(BeanNameAutoProxyCreator.class, () -> creator(proxyTargetClass));
		this.context.registerBean("proxied", Proxied.class, (definition) -> definition.setScope("prototype"));
		this.context.refresh();
		SwitchboardProperties properties = new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("switchboard", SwitchboardProperties.class);
		return (AgentSpec<Object>) new AnnotatedAgentSource(this.context.getBeanFactory(), properties).definitions()
			.get(0)
			.spec();
	}

	private static BeanNameAutoProxyCreator creator(boolean proxyTargetClass) {
		BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
		creator.setBeanNames("proxied");
		creator.setInterceptorNames("advice");
		creator.setProxyTargetClass(proxyTargetClass);
		return creator;
	}

	interface Speaks {

		String speak();

	}

	@Agent
	static class Proxied implements Speaks, DisposableBean {

		private final String state = "handled ";

		@OnMessage
		String handle(String message) {
			lines.add(this.state + message);
			return message;
		}

		@Override
		public String speak() {
			return this.state;
		}

		@Override
		public void destroy() {
			lines.add("destroyed");
		}

	}

}
