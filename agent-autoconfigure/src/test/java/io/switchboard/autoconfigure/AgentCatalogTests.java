package io.switchboard.autoconfigure;

import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AgentCatalog}.
 */
class AgentCatalogTests {

	private final AgentDefinition pricing = agent("pricing", "/desk/pricing");

	private final AgentDefinition audit = agent("audit", "/audit");

	@Test
	void findsAnAgentByItsName() {
		AgentCatalog catalog = new AgentCatalog(List.of(this.pricing, this.audit));

		assertThat(catalog.find("audit")).isEqualTo(this.audit);
		assertThat(catalog.find("/audit")).isNull();
	}

	@Test
	void keepsTheOrderOfDefinition() {
		AgentCatalog catalog = new AgentCatalog(List.of(this.pricing, this.audit));

		assertThat(catalog.names()).containsExactly("pricing", "audit");
		assertThat(catalog.all()).containsExactly(this.pricing, this.audit);
	}

	@Test
	void refusesTwoAgentsOfOneName() {
		AgentDefinition other = agent("pricing", "/pricing");

		assertThatIllegalArgumentException().isThrownBy(() -> new AgentCatalog(List.of(this.pricing, other)))
			.withMessageContainingAll("'pricing'", "'/desk/pricing'", "'/pricing'");
	}

	private static AgentDefinition agent(String name, String path) {
		return new AgentDefinition(name, AgentPath.of(path), false, Set.of(String.class));
	}

}
