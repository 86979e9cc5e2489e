package io.switchboard.runtime;

import org.reactivestreams.Subscription;
import reactor.util.context.Context;

/**
 * Who waits for the answer to a message.
 */
interface ReplyTarget {

	/**
	 * The handler's publisher is there; from now on it can be asked for elements.
	 * @param work the handler's work
	 */
	void attach(Subscription work);

	/**
	 * Whether elements are taken without being asked for.
	 * @return {@code true} if so
	 */
	boolean takesAll();

	/**
	 * There is an element.
	 * @param work whose element it is: work that is not attached any more has no say
	 * @param element the element
	 */
	void next(Subscription work, Object element);

	void complete();

	/**
	 * Give the only answer, which comes from no handler's publisher.
	 * @param answer the answer
	 */
	void answer(Object answer);

	void fail(Throwable cause);

	/**
	 * Whether nobody wants the work any more.
	 * @return {@code true} if it should not begin
	 */
	boolean isAbandoned();

	/**
	 * What the asker's subscriber carries along.
	 * @return the context for the handler's publisher
	 */
	Context context();

}
