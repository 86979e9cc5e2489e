package io.switchboard.autoconfigure;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;

/**
 * The return type is what the condition looks for anyway; said twice, one of them goes
 * stale.
 */
final class NotRepeatReturnTypeInMissingBeanCondition extends ArchCondition<JavaMethod> {

	NotRepeatReturnTypeInMissingBeanCondition() {
		super("not repeat the return type in @ConditionalOnMissingBean");
	}

	@Override
	public void check(JavaMethod method, ConditionEvents events) {
		method.tryGetAnnotationOfType(ConditionalOnMissingBean.class.getName())
			.map((condition) -> (JavaClass[]) condition.get("value").orElse(new JavaClass[0]))
			.filter((types) -> types.length == 1 && types[0].equals(method.getRawReturnType()))
			.ifPresent((types) -> events.add(SimpleConditionEvent.violated(method,
					"%s repeats its return type in @ConditionalOnMissingBean".formatted(method.getFullName()))));
	}

}
