package io.switchboard.autoconfigure.web;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * Adds Spring Security to the {@link Desk}: Ann and Bob are users, Olga is an operator,
 * and who says nothing may come as well.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecuredDesk {

	@Bean
	SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http) {
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.httpBasic(Customizer.withDefaults())
			.csrf(CsrfSpec::disable)
			.build();
	}

	@Bean
	MapReactiveUserDetailsService users() {
		return new MapReactiveUserDetailsService(
				List.of(User.withUsername("ann").password("{noop}secret").roles("USER").build(),
						User.withUsername("bob").password("{noop}secret").roles("USER").build(),
						User.withUsername("olga").password("{noop}secret").roles("SWITCHBOARD_OPERATOR").build()));
	}

	static DeskClient as(String user, int port) {
		return new DeskClient(port, (headers) -> headers.setBasicAuth(user, "secret"));
	}

}
