package com.example.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of this repository, found from wherever the tests run.
 */
final class Repository {

	private static final Path ROOT = root();

	private Repository() {
	}

	/**
	 * The pages that people read: those at the top and all below {@code docs}.
	 * @return the pages
	 */
	static List<Page> pages() {
		Predicate<Path> markdown = (file) -> file.toString().endsWith(".md");
		return Stream
			.concat(files(ROOT, 1, markdown).stream(), files(path("docs"), Integer.MAX_VALUE, markdown).stream())
			.map(Page::read)
			.toList();
	}

	/**
	 * One page.
	 * @param name its path in the repository
	 * @return the page
	 */
	static Page page(String name) {
		return Page.read(path(name));
	}

	/**
	 * The code that is compiled with this build.
	 * @return all Java source files
	 */
	static List<Path> sources() {
		return files(ROOT, 1, Files::isDirectory).stream()
			.map((module) -> module.resolve("src"))
			.filter(Files::isDirectory)
			.flatMap((source) -> files(source, Integer.MAX_VALUE, (file) -> file.toString().endsWith(".java")).stream())
			.toList();
	}

	static Path path(String name) {
		return ROOT.resolve(name);
	}

	static String relative(Path file) {
		return ROOT.relativize(file).toString().replace('\\', '/');
	}

	static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> files(Path directory, int depth, Predicate<Path> filter) {
		try (Stream<Path> found = Files.find(directory, depth, (file, attributes) -> filter.test(file))) {
			return found.filter((file) -> !file.equals(directory)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("LICENSE"))) {
			directory = directory.getParent();
			if (directory == null) {
				throw new IllegalStateException("No directory above '%s' has the file LICENSE".formatted(Path.of("")));
			}
		}
		return directory;
	}

}
