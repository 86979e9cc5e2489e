package io.switchboard.test.provider;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * The replies that are queued, and what requests get when none is for them.
 */
final class ReplyScript {

	private final Object lock = new Object();

	private final List<ReplyRule> queue = new ArrayList<>();

	private Function<ChatRequest, Reply> otherwise = ReplyScript::exhausted;

	void add(List<ReplyRule> rules) {
		synchronized (this.lock) {
			this.queue.addAll(rules);
		}
	}

	void otherwise(Function<ChatRequest, Reply> otherwise) {
		synchronized (this.lock) {
			this.otherwise = otherwise;
		}
	}

	void clear() {
		synchronized (this.lock) {
			this.queue.clear();
		}
	}

	int queued() {
		synchronized (this.lock) {
			return this.queue.size();
		}
	}

	Reply next(ChatRequest request) {
		synchronized (this.lock) {
			Reply reply = this.otherwise.apply(request);
			for (Iterator<ReplyRule> rules = this.queue.iterator(); rules.hasNext();) {
				ReplyRule rule = rules.next();
				if (rule.condition().test(request)) {
					rules.remove();
					return rule.reply().apply(reply);
				}
			}
			return reply;
		}
	}

	private static Reply exhausted(ChatRequest request) {
		// A status that no client repeats, so that the test fails at once
		return Reply.error(400, "invalid_request_error", "script_exhausted", "No reply is queued for the user message '"
				+ request.lastUserText() + "': enqueue one more, or say what happens otherwise");
	}

}
