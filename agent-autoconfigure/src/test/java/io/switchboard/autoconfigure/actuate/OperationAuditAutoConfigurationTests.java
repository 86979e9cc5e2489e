package io.switchboard.autoconfigure.actuate;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OperationAuditAutoConfiguration}.
 */
class OperationAuditAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OperationAuditAutoConfiguration.class));

	@Test
	void operationsAreAuditedWhereAuditEventsAreKept() {
		this.runner.withBean(AuditEventRepository.class, InMemoryAuditEventRepository::new)
			.run((context) -> assertThat(context).hasSingleBean(OperationAudit.class));
	}

	@Test
	void nothingIsAuditedWhereNobodyKeepsIt() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OperationAudit.class));
	}

	@Test
	void applicationWithoutActuatorStarts() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OperationAudit.class));
	}

}
