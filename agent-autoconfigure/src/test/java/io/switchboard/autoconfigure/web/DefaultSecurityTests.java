package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriters;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;

/**
 * Tests that sessions have owners also where the application defines no chain of its own
 * and Spring Security has its default.
 */
@SpringBootTest(classes = { Desk.class, DefaultSecurityTests.DefaultChain.class },
		webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "spring.ai.model.chat=none" })
class DefaultSecurityTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final AgentPath SESSION = AgentPath.of("/desk/support/of-ann");

	@LocalServerPort
	private int port;

	@Autowired
	private JournalWriters writers;

	@Autowired
	private Conversations conversations;

	@Test
	void aSessionOfAnotherIsNotThere() {
		this.writers.of(SESSION, "v1").flatMap((writer) -> writer.write(new JournalEntry.Owned("ann"))).block(SOON);
		this.conversations.of(SESSION).add("t1", List.of(new UserMessage("my secret"))).block(SOON);

		new DeskClient(this.port).get("/agents/support/of-ann").expectStatus().isUnauthorized();
		SecuredDesk.as("ann", this.port).get("/agents/support/of-ann").expectStatus().isOk();
		SecuredDesk.as("bob", this.port).get("/agents/support/of-ann").expectStatus().isNotFound();
	}

	@EnableWebFluxSecurity
	@Configuration(proxyBeanMethods = false)
	static class DefaultChain {

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("ann").password("{noop}secret").roles("USER").build(),
					User.withUsername("bob").password("{noop}secret").roles("USER").build());
		}

	}

}
