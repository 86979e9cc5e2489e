package io.switchboard.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * How packages and types are laid out.
 */
final class StructureRules {

	static final ArchRule NO_CYCLES = slices().assignedFrom(new EachPackage())
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	static final ArchRule NOUNS_FOR_PACKAGES = noClasses().should()
		.resideInAnyPackage("..internal..", "..impl..", "..util..", "..utils..", "..common..", "..helper..")
		.because("a package is named after its topic");

	static final ArchRule NULL_MARKED = classes().should(new BeNullMarked());

	static final ArchRule NO_AUTO_CONFIGURATION = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("io.switchboard.autoconfigure..")
		.because("auto-configuration is the outermost layer");

	static final ArchRule CLOSED_PUBLIC_TYPES = classes().that()
		.arePublic()
		// elements of a mailbox extend it so as to wait without another object around
		// them
		.and()
		.doNotHaveFullyQualifiedName("io.switchboard.mailbox.Mailbox$Node")
		.should(new NotBeOpenForInheritance())
		.allowEmptyShould(true);

	private StructureRules() {
	}

	private static final class EachPackage implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return SliceIdentifier.of(type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

	private static final class BeNullMarked extends ArchCondition<JavaClass> {

		BeNullMarked() {
			super("be in a package with a package-info that is @NullMarked");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			if (!isNullMarked(type.getPackageName())) {
				String message = "Package '%s' of %s has no package-info.java that is @NullMarked; add one"
					.formatted(type.getPackageName(), type.getSimpleName());
				events.add(SimpleConditionEvent.violated(type, message));
			}
		}

		// A test may share its package with the module under test, so the class path
		// knows, not the import
		private static boolean isNullMarked(String name) {
			try {
				return Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class);
			}
			catch (ClassNotFoundException ex) {
				return false;
			}
		}

	}

	private static final class NotBeOpenForInheritance extends ArchCondition<JavaClass> {

		NotBeOpenForInheritance() {
			super("be an interface, record, enum, exception, final or sealed class");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			boolean closed = type.isInterface() || type.isEnum() || type.isAssignableTo(Throwable.class)
					|| type.getModifiers().contains(JavaModifier.FINAL) || type.reflect().isSealed();
			if (!closed) {
				String message = "%s is an open class; make it final or an interface".formatted(type.getFullName());
				events.add(SimpleConditionEvent.violated(type, message));
			}
		}

	}

}
