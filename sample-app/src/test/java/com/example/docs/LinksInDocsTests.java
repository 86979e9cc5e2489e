package com.example.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that links within the documentation lead somewhere.
 */
class LinksInDocsTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("pages")
	void everyLinkLeadsToAFileAndItsHeading(Page page) {
		assertThat(page.links()).filteredOn((link) -> !link.matches("[a-z]+:.*")).allSatisfy((link) -> {
			String[] parts = link.split("#", 2);
			Path target = parts[0].isEmpty() ? page.file() : directory(page).resolve(parts[0]).normalize();

			assertThat(target).as("target of '%s'", link).exists();
			if (parts.length == 2) {
				assertThat(Page.read(target).anchors()).as("headings of '%s'", parts[0]).contains(parts[1]);
			}
		});
	}

	@Test
	void everyPageIsListedInTheIndexOfItsFolder() {
		assertThat(pages()).allSatisfy((page) -> {
			Path index = directory(page).resolve("README.md");
			if (!page.file().equals(index) && Files.exists(index)) {
				assertThat(Page.read(index).links()).as("links of '%s'", Repository.relative(index))
					.contains(page.file().getFileName().toString());
			}
		});
	}

	private static Path directory(Page page) {
		return Objects.requireNonNull(page.file().getParent());
	}

	static List<Page> pages() {
		return Repository.pages();
	}

}
