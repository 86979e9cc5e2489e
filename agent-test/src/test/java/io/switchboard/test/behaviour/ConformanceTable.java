package io.switchboard.test.behaviour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project's page on conformance, and the tests of all modules that it names.
 *
 * @param rows what the tables on the page say, in their order
 */
record ConformanceTable(List<Row> rows) {

	private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\d+) \\|(.*)\\|(.*)\\|(.*)\\|");

	private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

	private static final Path ROOT = root();

	static ConformanceTable read() {
		List<Row> rows = new ArrayList<>();
		for (String line : text(ROOT.resolve("docs/conformance.md")).lines().toList()) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				rows.add(new Row(row.group(1), row.group(2).strip(), tests(row.group(3)), row.group(4).strip()));
			}
		}
		return new ConformanceTable(List.copyOf(rows));
	}

	private static List<Test> tests(String cell) {
		return TEST.matcher(cell).results().map((test) -> new Test(test.group(1), test.group(2))).toList();
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
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

	/**
	 * One row.
	 *
	 * @param id its letter and number
	 * @param promise what it promises
	 * @param tests the tests that show it
	 * @param difference what differs from OTP and why, empty for nothing
	 */
	record Row(String id, String promise, List<Test> tests, String difference) {

		@Override
		public String toString() {
			return this.id;
		}

	}

	/**
	 * A test that a row names.
	 *
	 * @param className the simple name of its class
	 * @param method the name of its method
	 */
	record Test(String className, String method) {

		/**
		 * Whether some module has this test in its sources.
		 * @return {@code true} if one has
		 */
		boolean isInSources() {
			String file = this.className + ".java";
			try (Stream<Path> modules = Files.list(ROOT)) {
				return modules.map((module) -> module.resolve("src/test/java"))
					.filter(Files::isDirectory)
					.flatMap((sources) -> find(sources, file))
					.anyMatch((found) -> text(found).contains("void " + this.method + "("));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static Stream<Path> find(Path sources, String file) {
			try {
				return Files.find(sources, Integer.MAX_VALUE, (path, attributes) -> path.endsWith(file));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
