package io.switchboard.autoconfigure;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Users may name an auto-configuration, to exclude it or to order theirs; what is inside
 * is not theirs.
 */
final class BePublicFinalWithoutPublicMembers extends ArchCondition<JavaClass> {

	BePublicFinalWithoutPublicMembers() {
		super("be public and final and have no public members");
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
		if (!type.getModifiers().contains(JavaModifier.PUBLIC) || !type.getModifiers().contains(JavaModifier.FINAL)) {
			events.add(SimpleConditionEvent.violated(type, "%s is not public and final".formatted(type.getFullName())));
		}
		type.getMembers()
			.stream()
			.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC) && !isImplicitConstructor(member))
			.map((member) -> SimpleConditionEvent.violated(member, "%s is public".formatted(member.getFullName())))
			.forEach(events::add);
	}

	private static boolean isImplicitConstructor(JavaMember member) {
		return member instanceof JavaConstructor constructor && constructor.getRawParameterTypes().isEmpty();
	}

}
