package io.switchboard.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import io.switchboard.architecture.ModuleClasses;
import io.switchboard.architecture.ReactiveModule;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of the auto-configuration.
 */
class ArchitectureTests implements ReactiveModule {

	private static final Path IMPORTS = Path
		.of("target/classes/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");

	@Test
	void autoConfigurationsAreClosedAndShowNothing() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should(new BePublicFinalWithoutPublicMembers())
			.allowEmptyShould(true)
			.check(ModuleClasses.main());
	}

	@Test
	void autoConfigurationsAreListedInOrder() throws IOException {
		List<String> autoConfigurations = ModuleClasses.main()
			.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getFullName)
			.sorted()
			.toList();

		List<String> listed = Files.exists(IMPORTS) ? Files.readAllLines(IMPORTS) : List.of();

		assertThat(listed).containsExactlyElementsOf(autoConfigurations);
	}

	@Test
	void beanMethodsHaveNoConditionOnClasses() {
		noMethods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.beAnnotatedWith(ConditionalOnClass.class)
			.because("the method's own signature would load the class before the condition is asked")
			.allowEmptyShould(true)
			.check(ModuleClasses.main());
	}

	@Test
	void conditionsOnMissingBeansDoNotRepeatTheReturnType() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should(new NotRepeatReturnTypeInMissingBeanCondition())
			.allowEmptyShould(true)
			.check(ModuleClasses.main());
	}

}
