package io.switchboard.runtime;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Calls those who wait for answers. It is done on the thread of whoever answers, but what
 * they do there is their own work, so it can be told from that of the agent: by who calls
 * whom, because that costs nothing as long as nobody wants to know.
 */
final class Telling {

	private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

	private static final String BACK = "want";

	private Telling() {
	}

	static <T> void next(Subscriber<? super T> asker, T element) {
		asker.onNext(element);
	}

	static void complete(Subscriber<?> asker) {
		asker.onComplete();
	}

	static void error(Subscriber<?> asker, Throwable cause) {
		asker.onError(cause);
	}

	/**
	 * Go back to the handler for more, which may be in the middle of the telling.
	 * @param handler the handler's work
	 * @param elements how many are wanted
	 */
	static void want(Subscription handler, long elements) {
		handler.request(elements);
	}

	/**
	 * Whether the current thread works for somebody who is being told, and not for the
	 * agent that answers.
	 * @return {@code true} if so
	 */
	static boolean isUnderWay() {
		return WALKER.walk((frames) -> frames.filter((frame) -> frame.getDeclaringClass() == Telling.class)
			.map(StackFrame::getMethodName)
			.filter((method) -> !method.equals("isUnderWay"))
			.findFirst()
			.map((method) -> !method.equals(BACK))
			.orElse(false));
	}

}
