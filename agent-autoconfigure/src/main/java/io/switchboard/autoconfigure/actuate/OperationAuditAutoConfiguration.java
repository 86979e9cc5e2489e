package io.switchboard.autoconfigure.actuate;

import io.switchboard.runtime.AgentSystem;

import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the way from operations to Boot's audit log.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AuditAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, AuditEventRepository.class, AuditAutoConfiguration.class })
@ConditionalOnBean(AuditEventRepository.class)
public final class OperationAuditAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OperationAudit operationAudit(ApplicationEventPublisher publisher) {
		return new OperationAudit(publisher);
	}

}
