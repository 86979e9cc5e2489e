package io.switchboard.architecture;

import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Calls and method references that have no place in the code, or not in this part of it.
 */
final class ForbiddenCalls {

	private static final String PUBLISHER = "org.reactivestreams.Publisher";

	private static final Set<String> BLOCKING = Set.of("block", "blockFirst", "blockLast", "blockOptional",
			"toIterable", "toStream");

	static final ArchRule SLEEPING = forbid("put a thread to sleep", ForbiddenCalls::sleeps,
			"a schedule is cancelled with what it belongs to and obeys virtual time, a sleeping thread does neither");

	static final ArchRule WALL_CLOCK = noClasses().that()
		.areNotAssignableTo("reactor.core.scheduler.Scheduler")
		.should()
		.accessTargetWhere(target("read the time of the machine", ForbiddenCalls::readsWallClock))
		.because("time comes from the injected Scheduler");

	static final ArchRule SHARED_SCHEDULERS = noClasses().that()
		.haveSimpleNameNotEndingWith("AutoConfiguration")
		.should()
		.accessTargetWhere(target("use a scheduler that the process shares", ForbiddenCalls::usesSharedScheduler))
		.because("schedulers come in by constructor; auto-configuration chooses them");

	static final ArchRule IMPLICIT_TIME = forbid("let an operator choose its clock", ForbiddenCalls::choosesNoClock,
			"the variant without a Scheduler runs on one that the process shares");

	static final ArchRule BLOCKING_FOR_RESULTS = forbid("block for a result", ForbiddenCalls::blocks,
			"the caller may be an event loop");

	static final ArchRule OWNERLESS_SUBSCRIPTIONS = forbid("subscribe without an owner", ForbiddenCalls::subscribes,
			"nobody would see the error or cancel the work");

	static final ArchRule ENDLESS_VERIFICATION = forbid("verify steps without a time limit",
			ForbiddenCalls::verifiesEndlessly, "a test that hangs says nothing; end with expectX().verify(Duration)");

	private ForbiddenCalls() {
	}

	private static boolean sleeps(Target target) {
		return target.is(Thread.class, "sleep") || target.is(TimeUnit.class, "sleep");
	}

	private static boolean readsWallClock(Target target) {
		return target.is(System.class, "currentTimeMillis") || target.is(System.class, "nanoTime")
				|| isClockOfJavaTime(target) || isDateOfToday(target);
	}

	private static boolean isClockOfJavaTime(Target target) {
		String name = target.name();
		return target.owner().getPackageName().equals("java.time")
				&& (name.equals("now") || name.startsWith("system") || name.startsWith("tick"));
	}

	private static boolean isDateOfToday(Target target) {
		return target.is(Date.class, "<init>") && target.parameters().isEmpty();
	}

	private static boolean usesSharedScheduler(Target target) {
		return target.owner().getFullName().equals("reactor.core.scheduler.Schedulers") && !isHarmless(target.name())
				&& !target.parameters().contains("reactor.core.scheduler.Scheduler");
	}

	// Makes one of our own, stays on the caller's thread, or asks what that is. One that
	// is given another belongs to whoever gives that
	private static boolean isHarmless(String schedulers) {
		return schedulers.startsWith("fromExecutor") || schedulers.startsWith("new") || schedulers.equals("immediate")
				|| schedulers.endsWith("NonBlockingThread") || schedulers.startsWith("DEFAULT_");
	}

	private static boolean choosesNoClock(Target target) {
		return target.owner().getPackageName().startsWith("reactor.") && target.owner().isAssignableTo(PUBLISHER)
				&& target.parameters().contains("java.time.Duration")
				&& !target.parameters().contains("reactor.core.scheduler.Scheduler");
	}

	private static boolean blocks(Target target) {
		return target.owner().isAssignableTo(PUBLISHER) && BLOCKING.contains(target.name());
	}

	private static boolean subscribes(Target target) {
		return target.owner().isAssignableTo(PUBLISHER) && target.name().equals("subscribe")
				&& target.parameters().isEmpty();
	}

	private static boolean verifiesEndlessly(Target target) {
		return target.owner().getFullName().startsWith("reactor.test.StepVerifier")
				&& target.name().startsWith("verify") && !target.name().equals("verifyLater")
				&& !target.parameters().contains("java.time.Duration");
	}

	private static ArchRule forbid(String what, Predicate<Target> forbidden, String reason) {
		return noClasses().should()
			.accessTargetWhere(target(what, forbidden))
			.as("no class should " + what)
			.because(reason);
	}

	private static DescribedPredicate<JavaAccess<?>> target(String description, Predicate<Target> forbidden) {
		return DescribedPredicate.describe(description, (access) -> forbidden.test(Target.of(access)));
	}

	/**
	 * What is called.
	 *
	 * @param owner the class that the call names
	 * @param name the name of the method
	 * @param parameters the names of the parameter types
	 */
	private record Target(JavaClass owner, String name, List<String> parameters) {

		static Target of(JavaAccess<?> access) {
			return new Target(access.getTargetOwner(), access.getName(), parametersOf(access.getTarget()));
		}

		private static List<String> parametersOf(AccessTarget target) {
			return (target instanceof AccessTarget.CodeUnitAccessTarget codeUnit)
					? codeUnit.getRawParameterTypes().stream().map(JavaClass::getFullName).toList() : List.of();
		}

		boolean is(Class<?> type, String method) {
			return this.owner.isEquivalentTo(type) && this.name.equals(method);
		}

	}

}
