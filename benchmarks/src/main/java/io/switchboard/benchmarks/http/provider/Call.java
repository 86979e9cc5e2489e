package io.switchboard.benchmarks.http.provider;

import io.switchboard.benchmarks.http.TokenText;
import io.switchboard.benchmarks.http.TurnPlan;

/**
 * One model call under way.
 */
final class Call {

	private final Wire wire;

	private final Dialect dialect;

	private final TurnPlan plan;

	private final Wheel wheel;

	private final boolean first;

	private int sent;

	private boolean held;

	/**
	 * Make a call that has not begun.
	 * @param wire where to answer
	 * @param dialect how to write
	 * @param request what the client asks
	 * @param wheel the clock
	 */
	Call(Wire wire, Dialect dialect, String request, Wheel wheel) {
		this.wire = wire;
		this.dialect = dialect;
		this.plan = TurnPlan.in(request);
		this.wheel = wheel;
		this.first = !isRoleOfLast(request, "tool");
	}

	/**
	 * The only text in the conversations of this load that could look like a role is a
	 * role.
	 */
	private static boolean isRoleOfLast(String request, String role) {
		int at = request.lastIndexOf("\"role\":\"") + "\"role\":\"".length();
		return request.startsWith(role, at);
	}

	void begin() {
		this.wheel.after(this, this.plan.ttft());
	}

	/**
	 * Do what is due. Status and headers go out with the first token, as many servers of
	 * models do it.
	 */
	void proceed() {
		if (!this.wire.isOpen()) {
			return;
		}
		if (this.first && this.plan.hold() > 0 && this.sent == this.plan.hold() && !this.held) {
			this.held = true;
			this.wheel.hold(this);
			return;
		}
		if (this.sent == 0) {
			this.wire.begin(this.dialect.contentType());
		}
		this.wire.send(this.dialect.token(TokenText.of(this.sent, TokenText.now())));
		this.sent++;
		if (this.sent < this.plan.tokens()) {
			this.wheel.after(this, this.plan.gap());
			return;
		}
		this.wire.send(this.first ? this.dialect.endWithTool(this.plan.tool()) : this.dialect.end());
		this.wire.end();
	}

}
