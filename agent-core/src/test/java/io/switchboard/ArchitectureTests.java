package io.switchboard;

import java.util.List;
import java.util.Set;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.switchboard.architecture.BelowAutoConfiguration;
import io.switchboard.architecture.ModuleClasses;
import io.switchboard.architecture.ReactiveModule;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The structure of the core.
 */
class ArchitectureTests implements ReactiveModule, BelowAutoConfiguration {

	/**
	 * From what depends on nothing to what depends on everything. A new package takes its
	 * place here.
	 */
	private static final List<Set<String>> PACKAGES = List.of(Set.of("io.switchboard"),
			Set.of("io.switchboard.mailbox"), Set.of("io.switchboard.journal"), Set.of("io.switchboard.supervision"),
			Set.of("io.switchboard.report"), Set.of("io.switchboard.event", "io.switchboard.tree"),
			Set.of("io.switchboard.registry"), Set.of("io.switchboard.runtime"));

	@Test
	void packagesDependOnEarlierOnesOnly() {
		classes().should(new DependOnEarlierPackagesOnly()).check(ModuleClasses.main());
	}

	@Test
	void coreIsFreeOfSpring() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework..")
			.check(ModuleClasses.main());
	}

	private static int place(JavaClass type) {
		for (int place = 0; place < PACKAGES.size(); place++) {
			if (PACKAGES.get(place).contains(type.getPackageName())) {
				return place;
			}
		}
		return -1;
	}

	private static final class DependOnEarlierPackagesOnly extends ArchCondition<JavaClass> {

		DependOnEarlierPackagesOnly() {
			super("depend only on packages that come before their own in %s".formatted(PACKAGES));
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			int place = place(type);
			if (place < 0) {
				String message = "%s is in a package without a place in %s".formatted(type.getFullName(), PACKAGES);
				events.add(SimpleConditionEvent.violated(type, message));
			}
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				if (place(dependency.getTargetClass()) > place) {
					events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
				}
			}
		}

	}

}
