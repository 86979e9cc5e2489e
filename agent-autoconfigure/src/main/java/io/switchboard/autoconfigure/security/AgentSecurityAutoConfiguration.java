package io.switchboard.autoconfigure.security;

import java.util.stream.Stream;

import io.switchboard.runtime.AgentSystem;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.csrf.CsrfToken;

/**
 * Auto-configuration of what reactive applications need to be safe: the page works with
 * Spring Security's protection from forged requests, and an application that lets whoever
 * comes operate on agents is told so at its start.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass({ AgentSystem.class, Access.class })
public final class AgentSecurityAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ SecurityWebFilterChain.class, Authentication.class })
	static class SecuredConfiguration {

		@Bean
		ExposureWarning agentExposureWarning(Environment environment, ObjectProvider<EndpointAccessResolver> accesses,
				ListableBeanFactory beans) {
			return new ExposureWarning(environment, accesses.getIfAvailable(), isSecured(beans));
		}

		/** Spring Security's own default chain is no bean, but what it works in is. */
		private static boolean isSecured(ListableBeanFactory beans) {
			return Stream.of(SecurityWebFilterChain.class, WebFilterChainProxy.class)
				.anyMatch((type) -> beans.getBeanNamesForType(type, true, false).length > 0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.security.web.server.SecurityWebFilterChain")
	static class OpenConfiguration {

		@Bean
		ExposureWarning agentExposureWarning(Environment environment, ObjectProvider<EndpointAccessResolver> accesses) {
			return new ExposureWarning(environment, accesses.getIfAvailable(), false);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CsrfToken.class)
	@ConditionalOnBooleanProperty("switchboard.page.enabled")
	static class CsrfConfiguration {

		@Bean
		CsrfCookieFilter agentPageCsrfFilter() {
			return new CsrfCookieFilter();
		}

	}

}
