package com.example.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.example.docs.Page.Block;
import io.switchboard.autoconfigure.SwitchboardProperties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests that the YAML shown in the documentation sets properties that exist to values
 * that they can have.
 */
class YamlInDocsTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("blocks")
	void everyKeyExists(Block block) throws IOException {
		Set<String> keys = load(block).stream()
			.flatMap((source) -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
			.collect(Collectors.toSet());

		assertThat(keys).isNotEmpty()
			.allSatisfy((key) -> assertThat(PropertyMetadata.all()).as("description of '%s'", key)
				.anyMatch((property) -> property.describes(key)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("blocks")
	void everyValueBinds(Block block) throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		load(block).forEach(sources::addLast);
		Binder binder = new Binder(ConfigurationPropertySources.from(sources));

		assertThatNoException().isThrownBy(() -> binder.bindOrCreate("switchboard", SwitchboardProperties.class));
	}

	private static List<PropertySource<?>> load(Block block) throws IOException {
		return new YamlPropertySourceLoader().load(block.origin(),
				new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
	}

	static List<Block> blocks() {
		return Repository.pages().stream().flatMap((page) -> page.blocks("yaml").stream()).toList();
	}

}
