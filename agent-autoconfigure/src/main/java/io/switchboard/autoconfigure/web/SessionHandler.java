package io.switchboard.autoconfigure.web;

import java.util.List;

import io.switchboard.ai.Conversations;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.Message;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Shows, follows and ends sessions over HTTP.
 *
 * @param targets finds out who a request is for
 * @param system where the sessions are
 * @param remains what is known of sessions
 * @param turns what runs in the sessions
 * @param access decides whose the sessions are
 * @param limits counts open streams
 * @param responses writes responses
 * @param stream writes streams of events
 */
record SessionHandler(TurnTargets targets, AgentSystem system, SessionRemains remains, Turns turns,
		SessionAccess access, StreamLimits limits, Responses responses, EventStream stream) {

	/**
	 * Show what a session is doing and what was said in it.
	 * @param request the request
	 * @return the session
	 */
	Mono<ServerResponse> show(ServerRequest request) {
		TurnTarget target = this.targets.of(request);
		AnswerFormat.JSON.require(request);
		return reached(request, target).then(Mono.defer(() -> show(target)));
	}

	private Mono<Void> reached(ServerRequest request, TurnTarget target) {
		return this.access.caller(request).flatMap((caller) -> this.access.reach(caller, target));
	}

	private Mono<ServerResponse> show(TurnTarget target) {
		return this.turns.quarantine(target.path())
			.flatMap((reason) -> transcript(target).onErrorReturn(List.of())
				.flatMap((transcript) -> show(target, transcript, reason)))
			.switchIfEmpty(
					Mono.defer(() -> transcript(target).flatMap((transcript) -> show(target, transcript, null))));
	}

	private Mono<ServerResponse> show(TurnTarget target, List<Message> transcript, @Nullable String quarantine) {
		TreeNode node = this.system.node(target.path());
		if (node == null && transcript.isEmpty() && quarantine == null && !this.turns.isAsleep(target.path())) {
			return Mono.error(new ProblemException(ProblemType.UNKNOWN_SESSION,
					"There is no such session. Send it a turn to begin it."));
		}
		return this.responses.json(ServerResponse.ok(), SessionDescriptor.of(target, node, transcript, quarantine));
	}

	private Mono<List<Message>> transcript(TurnTarget target) {
		Conversations conversations = this.remains.conversations();
		return (conversations != null) ? conversations.transcript(target.path()) : Mono.just(List.of());
	}

	/**
	 * Follow a session, from now on or from where the reader was.
	 * @param request the request
	 * @return its events
	 */
	Mono<ServerResponse> follow(ServerRequest request) {
		TurnTarget target = this.targets.of(request);
		AnswerFormat.EVENTS.require(request);
		return this.access.caller(request)
			.flatMap((caller) -> this.access.reach(caller, target)
				.then(this.limits.open(caller, (slot) -> follow(request, caller, target, slot))));
	}

	private Mono<ServerResponse> follow(ServerRequest request, Caller caller, TurnTarget target,
			StreamLimits.Slot slot) {
		Flux<FeedEvent> events = this.turns.events(target, Cursor.of(request), caller);
		return this.responses.events(ServerResponse.ok(), slot.of(this.stream.live(events)));
	}

	/**
	 * Stop a session and forget what was said in it.
	 * @param request the request
	 * @return a response without content, also if there was no such session and sessions
	 * belong to nobody
	 */
	Mono<ServerResponse> forget(ServerRequest request) {
		TurnTarget target = this.targets.of(request);
		return reached(request, target).then(Mono.defer(() -> forget(target)));
	}

	private Mono<ServerResponse> forget(TurnTarget target) {
		Mono<Void> stopped = this.system.supervisor(target.agent().path())
			.terminateChild(target.path().name())
			.onErrorComplete(SessionHandler::isDown);
		return this.turns.cancelAll(target.path())
			.then(stopped)
			.then(this.remains.forget(target.path()))
			.then(this.turns.delete(target.path()))
			.then(Mono.defer(() -> ServerResponse.noContent().build()));
	}

	private static boolean isDown(Throwable failure) {
		return failure instanceof ChildOperationException refused && switch (refused.problem()) {
			case NOT_FOUND, NO_PROCESS -> true;
			default -> false;
		};
	}

}
