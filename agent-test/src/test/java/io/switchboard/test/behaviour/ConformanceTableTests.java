package io.switchboard.test.behaviour;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.switchboard.test.behaviour.ConformanceTable.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page on conformance and the tests agree.
 */
class ConformanceTableTests {

	/**
	 * The rows that each test names, by the simple name of its class and its own.
	 */
	private static final Map<String, Set<String>> ROWS_BY_TEST = rowsByTest();

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	void everyRowHasATestOrSaysWhyNot(Row row) {
		assertThat(row.promise()).isNotEmpty();
		assertThat(!row.tests().isEmpty() || !row.difference().isEmpty()).as("a test, or a reason").isTrue();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	void everyTestThatARowNamesIsThere(Row row) {
		assertThat(row.tests()).allSatisfy((test) -> {
			Set<String> named = ROWS_BY_TEST.get(test.className() + "#" + test.method());
			if (named != null) {
				assertThat(named).as("rows that the test names").contains(row.id());
			}
			else {
				assertThat(test.isInSources()).as("is in the sources of a module").isTrue();
			}
		});
	}

	@Test
	void everyRowThatATestNamesIsInTheTable() {
		List<String> known = rows().map(Row::id).toList();

		assertThat(known).doesNotHaveDuplicates();
		assertThat(ROWS_BY_TEST).isNotEmpty()
			.allSatisfy((test, named) -> assertThat(known).as(test).containsAll(named));
	}

	static Stream<Row> rows() {
		return ConformanceTable.read().rows().stream();
	}

	private static Map<String, Set<String>> rowsByTest() {
		Map<String, Set<String>> rows = new TreeMap<>();
		for (JavaClass type : new ClassFileImporter().importPackages(ConformanceTableTests.class.getPackageName())) {
			for (JavaMethod method : type.getMethods()) {
				if (method.isAnnotatedWith(Conforms.class)) {
					rows.computeIfAbsent(type.getSimpleName() + "#" + method.getName(), (name) -> new TreeSet<>())
						.addAll(List.of(method.getAnnotationOfType(Conforms.class).value()));
				}
			}
		}
		return rows;
	}

}
