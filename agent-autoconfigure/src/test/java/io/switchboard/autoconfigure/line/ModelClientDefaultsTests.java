package io.switchboard.autoconfigure.line;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelClientDefaults}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelClientDefaultsTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final ModelClientDefaults defaults = new ModelClientDefaults(Supplier::get);

	@Test
	void clientsDoNotRetryByThemselves(CapturedOutput output) {
		process(new SpringApplication());

		assertThat(this.environment.getProperty("spring.ai.openai.chat.max-retries")).isEqualTo("0");
		assertThat(this.environment.getProperty("spring.ai.anthropic.max-retries")).isEqualTo("0");
		assertThat(this.environment.getProperty("spring.ai.retry.max-attempts")).isEqualTo("0");
		assertThat(output.toString()).contains("spring.ai.openai.chat.max-retries=0");
	}

	@ParameterizedTest
	@CsvSource({ "spring.ai.openai.chat.max-retries, spring.ai.openai.chat.max-retries",
			"spring.ai.openai.max-retries, spring.ai.openai.chat.max-retries",
			"spring.ai.openai.maxRetries, spring.ai.openai.chat.max-retries",
			"spring.ai.anthropic.max-retries, spring.ai.anthropic.max-retries",
			"spring.ai.anthropic.timeout, spring.ai.anthropic.timeout",
			"spring.ai.retry.max-attempts, spring.ai.retry.max-attempts" })
	void whatTheApplicationSetsStays(String set, String untouched) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("application", Map.of(set, "2")));

		process(new SpringApplication());

		assertThat(added()).doesNotContainKey(untouched).isNotEmpty();
	}

	@Test
	void theyAreTheLastInTheOrder() {
		process(new SpringApplication());

		assertThat(this.environment.getPropertySources()).last()
			.satisfies((source) -> assertThat(source.getName()).isEqualTo(ModelClientDefaults.SOURCE));
	}

	@Test
	void nothingIsSetForClientsThatAreNotThere(CapturedOutput output) {
		process(new SpringApplication(new DefaultResourceLoader(new FilteredClassLoader("org.springframework.ai"))));

		assertThat(this.environment.getPropertySources().contains(ModelClientDefaults.SOURCE)).isFalse();
		assertThat(output.toString()).doesNotContain("max-retries");
	}

	@Test
	void itIsFoundByTheApplication() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
			.load(EnvironmentPostProcessor.class,
					SpringFactoriesLoader.ArgumentResolver.of(DeferredLogFactory.class, Supplier::get),
					(type, name, failure) -> assertThat(name).doesNotContain("switchboard")))
			.hasAtLeastOneElementOfType(ModelClientDefaults.class);
	}

	private void process(SpringApplication application) {
		this.defaults.postProcessEnvironment(this.environment, application);
	}

	private Map<String, Object> added() {
		return ((MapPropertySource) Objects
			.requireNonNull(this.environment.getPropertySources().get(ModelClientDefaults.SOURCE))).getSource();
	}

}
