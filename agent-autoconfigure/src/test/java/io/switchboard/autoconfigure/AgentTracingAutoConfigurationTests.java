package io.switchboard.autoconfigure;

import java.time.Duration;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.switchboard.AgentPath;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.autoconfigure.annotated.AnnotatedAgentAutoConfiguration;
import io.switchboard.report.CrashReport;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentTracingAutoConfiguration}.
 */
class AgentTracingAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentTracingAutoConfiguration.class,
				AgentSystemAutoConfiguration.class, AnnotatedAgentAutoConfiguration.class));

	@Test
	void crashReportNamesTheTraceOfWhoeverAsked() {
		this.runner.withUserConfiguration(FailingAgent.class).run((context) -> {
			AgentSystem system = context.getBean(AgentSystem.class);

			StepVerifier
				.create(system.agent("/failing", String.class)
					.ask("fail", String.class)
					.contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, observed("4bf92f35"))))
				.expectError()
				.verify(LIMIT);
			StepVerifier.create(system.agent("/failing", String.class).ask("back", String.class))
				.expectNext("back")
				.expectComplete()
				.verify(LIMIT);

			assertThat(system.crashReports(AgentPath.of("/failing"))).extracting(CrashReport::traceId)
				.containsExactly("4bf92f35");
		});
	}

	@Test
	void requestWithoutATraceHasNone() {
		ObservedTrace trace = new ObservedTrace();

		assertThat(trace.apply(Context.empty())).isNull();
		assertThat(trace.apply(Context.of(ObservationThreadLocalAccessor.KEY, Observation.NOOP))).isNull();
		assertThat(trace.apply(Context.of(ObservationThreadLocalAccessor.KEY,
				Observation.createNotStarted("test", ObservationRegistry.create()))))
			.isNull();
	}

	@Test
	void isNotThereWithoutTracing() {
		this.runner.withClassLoader(new FilteredClassLoader(TracingObservationHandler.class))
			.run((context) -> assertThat(context).hasSingleBean(AgentSystem.class)
				.doesNotHaveBean(AgentSystemBuilderCustomizer.class));
	}

	private static Observation observed(String traceId) {
		TraceContext trace = mock(TraceContext.class);
		given(trace.traceId()).willReturn(traceId);
		Span span = mock(Span.class);
		given(span.context()).willReturn(trace);
		TracingContext tracing = new TracingContext();
		tracing.setSpan(span);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((context) -> true);
		Observation.Context observed = new Observation.Context();
		observed.put(TracingContext.class, tracing);
		return Observation.createNotStarted("test", () -> observed, registry);
	}

	@Agent
	static class FailingAgent {

		@OnMessage
		Mono<String> handle(String message) {
			return message.equals("fail") ? Mono.error(new IllegalStateException(message)) : Mono.just(message);
		}

	}

}
