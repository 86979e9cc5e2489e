package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.supervision.InvalidSpecificationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.SafeGuardAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the application set on its client stays in effect.
 */
class TurnClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void advisorsSeeEveryModelCall() {
		CountingAdvisor advisor = new CountingAdvisor();
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Done.");

		run(client().defaultAdvisors(advisor), "", new FixtureTool("lookup", () -> "ok")).blockLast(PATIENCE);

		assertThat(advisor.requests).hasValue(2);
		assertThat(advisor.responses).hasValue(2);
	}

	@Test
	void withoutInstructionsTheClientsSystemTextStays() {
		this.model.says("Hello.");

		run(client().defaultSystem("Be brief."), "").blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(0)).first().extracting(Message::getText).isEqualTo("Be brief.");
	}

	@Test
	void instructionsReplaceTheClientsSystemText() {
		this.model.says("Hello.");

		run(client().defaultSystem("Be brief."), "Be kind.").blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(0)).extracting(Message::getText).containsExactly("Be kind.", "Hi?");
	}

	@Test
	void toolsOfTheClientAreRunTooAndKeepTheirContext() {
		FixtureTool own = new FixtureTool("own", () -> "1");
		FixtureTool clients = new FixtureTool("clients", () -> "2");
		this.model.calls(FixtureModel.call("c1", "own", "{}"), FixtureModel.call("c2", "clients", "{}")).says("Done.");

		List<TurnEvent> events = run(client().defaultTools(clients).defaultToolContext(Map.of("tenant", "acme")), "",
				own)
			.collectList()
			.block(PATIENCE);

		assertThat(events).contains(new ToolResult("t1", "c1", "own", "1"), new ToolResult("t1", "c2", "clients", "2"));
		assertThat(clients.context()).isNotNull()
			.extracting(ToolContext::getContext)
			.satisfies((values) -> assertThat(values).containsEntry("tenant", "acme").containsKey(ToolCaller.KEY));
	}

	@Test
	void aClientThatRunsToolsByItselfIsRefused() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.says("Hello.");

		Flux<TurnEvent> events = run(client().defaultAdvisors(ToolCallingAdvisor.builder().build()), "", tool);

		StepVerifier.create(events)
			.expectNext(new TurnStarted("t1"))
			.expectNext(new Recovering("t1", "bug", "restart", 1))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class).hasMessageContaining("remove it"))
			.verify(PATIENCE);
		assertThat(this.model.prompts()).isEmpty();
	}

	@Test
	void anAdvisorThatCannotStreamIsRefused() {
		ChatClient guarded = client().defaultAdvisors(new CallGuard(), new CountingAdvisor()).build();
		TurnRunner.Builder first = TurnRunner.builder(guarded).agent("support", "1");
		TurnRunner.Builder fallback = TurnRunner.builder(client().build()).fallback(guarded, this.model);

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(first::build)
			.withMessageContainingAll("model agent 'support'", "'call-guard'", CallGuard.class.getName(),
					"StreamAdvisor")
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(1));
		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(fallback::build);
	}

	@Test
	void aGuardKeepsWordsFromTheModel() {
		this.model.says("Not to be seen.");

		List<TurnEvent> events = run(client().defaultAdvisors(
				SafeGuardAdvisor.builder().sensitiveWords(List.of("Hi")).failureResponse("Not about that.").build()),
				"")
			.collectList()
			.block(PATIENCE);

		assertThat(events).last()
			.isInstanceOfSatisfying(TurnCompleted.class,
					(completed) -> assertThat(completed.answer()).isEqualTo("Not about that."));
		assertThat(this.model.prompts()).isEmpty();
	}

	@Test
	void advisorsThatRememberKnowTheAgentsApart() {
		ChatMemory memory = MessageWindowChatMemory.builder().build();
		this.model.says("Hello.");

		run(client().defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build()), "").blockLast(PATIENCE);

		assertThat(memory.get("/desk/support/ann")).extracting(Message::getText).containsExactly("Hi?", "Hello.");
	}

	@Test
	void aBugInAnAdvisorIsAnError() {
		TestException bug = new TestException("broken");
		this.model.says("Hello.");

		StepVerifier.create(run(client().defaultAdvisors(new CountingAdvisor() {

			@Override
			public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
				throw bug;
			}

		}), ""))
			.expectNext(new TurnStarted("t1"))
			.expectNext(new Recovering("t1", "bug", "restart", 1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(bug))
			.verify(PATIENCE);
	}

	private ChatClient.Builder client() {
		return ChatClient.builder(this.model);
	}

	private Flux<TurnEvent> run(ChatClient.Builder client, String instructions, ToolCallback... tools) {
		TurnRunner runner = TurnRunner.builder(client.build()).instructions(instructions).tools(List.of(tools)).build();
		return runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context);
	}

	private static final class CallGuard implements CallAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			throw new IllegalStateException("refused");
		}

		@Override
		public String getName() {
			return "call-guard";
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	private static class CountingAdvisor implements BaseAdvisor {

		private final AtomicInteger requests = new AtomicInteger();

		private final AtomicInteger responses = new AtomicInteger();

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			this.requests.incrementAndGet();
			return request;
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			this.responses.incrementAndGet();
			return response;
		}

		@Override
		public String getName() {
			return "counting";
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
