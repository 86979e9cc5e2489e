package com.example.docs.security;

import java.time.Duration;
import java.util.Map;

import com.example.helpdesk.HelpDeskApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documented {@link SecurityConfiguration} lets those in that it should,
 * and that the page can do with it what it has to.
 */
@SpringBootTest(
		classes = { HelpDeskApplication.class, SecurityConfiguration.class, SecurityConfigurationTests.Users.class },
		webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "switchboard.page.enabled=true", "switchboard.journal.store=memory",
				"management.endpoints.web.exposure.include=health,agents" })
class SecurityConfigurationTests {

	@LocalServerPort
	private int port;

	private WebTestClient client;

	@BeforeEach
	void connect() {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

	@Test
	void eachPathIsForThoseOfTheTable() {
		for (String path : new String[] { "/switchboard/", "/actuator/agents" }) {
			assertThat(status(path, null)).isIn(HttpStatus.UNAUTHORIZED, HttpStatus.FOUND);
			assertThat(status(path, "ann")).isEqualTo(HttpStatus.FORBIDDEN);
			assertThat(status(path, "olga")).isIn(HttpStatus.OK, HttpStatus.NOT_FOUND);
		}
		assertThat(status("/agents/support/s1", null)).isIn(HttpStatus.UNAUTHORIZED, HttpStatus.FOUND);
		assertThat(status("/agents/support/s1", "ann")).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(status("/actuator/health", null)).isEqualTo(HttpStatus.OK);
		assertThat(status("/other", "olga")).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Test
	void thePageGetsATokenAndWhatItSendsWithItIsTaken() {
		String token = this.client.get()
			.uri("/switchboard/")
			.headers((headers) -> headers.setBasicAuth("olga", "secret"))
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseCookies()
			.getFirst("XSRF-TOKEN")
			.getValue();

		turn().exchange().expectStatus().isForbidden();
		turn().cookie("XSRF-TOKEN", token).exchange().expectStatus().isForbidden();
		turn().cookie("XSRF-TOKEN", token).header("X-XSRF-TOKEN", "forged").exchange().expectStatus().isForbidden();
		turn().cookie("XSRF-TOKEN", token).header("X-XSRF-TOKEN", token).exchange().expectStatus().isOk();
	}

	private RequestBodySpec turn() {
		RequestBodySpec request = this.client.method(HttpMethod.POST).uri("/agents/support/of-olga/turns");
		request.headers((headers) -> headers.setBasicAuth("olga", "secret")).bodyValue(Map.of("input", "Hello"));
		return request;
	}

	private HttpStatus status(String path, @Nullable String user) {
		return HttpStatus.valueOf(this.client.get().uri(path).headers((headers) -> {
			if (user != null) {
				headers.setBasicAuth(user, "secret");
			}
		}).exchange().expectBody().returnResult().getStatus().value());
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Users {

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("ann").password("{noop}secret").roles("USER").build(),
					User.withUsername("olga").password("{noop}secret").roles("SWITCHBOARD_OPERATOR").build());
		}

	}

}
