package io.switchboard.test.provider;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A queued reply.
 *
 * @param condition which requests it is for
 * @param reply what they get; the argument is what they would get without this rule
 */
record ReplyRule(Predicate<ChatRequest> condition, Function<Reply, Reply> reply) {

	static ReplyRule always(Reply reply) {
		return new ReplyRule((request) -> true, (otherwise) -> reply);
	}

}
