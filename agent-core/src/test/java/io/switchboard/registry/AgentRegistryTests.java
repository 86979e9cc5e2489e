package io.switchboard.registry;

import java.lang.reflect.Proxy;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AgentRegistry} and {@link Owner}.
 */
class AgentRegistryTests {

	private final AgentRegistry registry = new TestResidents().registry;

	@Test
	void aContextWithARegistryGivesIt() {
		AgentContext<?> context = context(AgentContext.class, RegistrySource.class);

		assertThat(AgentRegistry.of(context)).isSameAs(this.registry);
	}

	@Test
	void aContextWithoutOneIsRefused() {
		AgentContext<?> context = context(AgentContext.class);

		assertThatIllegalArgumentException().isThrownBy(() -> AgentRegistry.of(context))
			.withMessageContaining("agent '/a'")
			.withMessageContaining("RegistrySource");
	}

	@Test
	void anOwnerIsALifeOrAllLivesAtAPath() {
		Owner life = Owner.of(context(AgentContext.class));
		Owner place = Owner.at(AgentPath.of("/a"));

		assertThat(life).hasToString("/a#3").matches((owner) -> !owner.isLasting());
		assertThat(place).hasToString("/a").matches(Owner::isLasting);
		assertThat(life.actsFor(place)).isTrue();
		assertThat(place.actsFor(life)).isFalse();
	}

	private AgentContext<?> context(Class<?>... types) {
		return (AgentContext<?>) Proxy.newProxyInstance(getClass().getClassLoader(), types,
				(proxy, method, arguments) -> switch (method.getName()) {
					case "path" -> AgentPath.of("/a");
					case "incarnation" -> 3L;
					case "registry" -> this.registry;
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

}
