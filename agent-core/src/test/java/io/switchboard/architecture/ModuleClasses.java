package io.switchboard.architecture;

import java.nio.file.Files;
import java.nio.file.Path;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/**
 * The classes of the module whose tests run, read once.
 */
public final class ModuleClasses {

	private static final JavaClasses MAIN = read("classes");

	private static final JavaClasses TESTS = read("test-classes");

	private ModuleClasses() {
	}

	/**
	 * Return what the module consists of.
	 * @return the module's classes without its tests
	 */
	public static JavaClasses main() {
		return MAIN;
	}

	/**
	 * Return what the module is tested with.
	 * @return the module's test classes
	 */
	public static JavaClasses tests() {
		return TESTS;
	}

	private static JavaClasses read(String folder) {
		Path path = Path.of("target", folder).toAbsolutePath();
		if (!Files.isDirectory(path)) {
			throw new IllegalStateException("No classes in '%s'; run the tests in the module's folder".formatted(path));
		}
		return new ClassFileImporter().importPath(path);
	}

}
