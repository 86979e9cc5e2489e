package com.example.docs;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.example.docs.Page.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the Java shown in the documentation is code that this build compiles.
 */
class JavaInDocsTests {

	private static final Map<String, String> REGIONS = TaggedRegions.of(Repository.sources());

	@ParameterizedTest(name = "{0}")
	@MethodSource("blocks")
	void everyBlockEqualsATaggedRegionOfTheCode(Block block) {
		assertThat(REGIONS.values()).as("tagged regions").contains(block.text().strip());
	}

	@Test
	void everyTaggedRegionIsShown() {
		Collection<String> shown = blocks().stream().map((block) -> block.text().strip()).toList();

		assertThat(REGIONS)
			.allSatisfy((name, code) -> assertThat(shown).as("blocks, for region %s", name).contains(code));
	}

	static List<Block> blocks() {
		return Repository.pages().stream().flatMap((page) -> page.blocks("java").stream()).toList();
	}

}
