package io.switchboard.autoconfigure.web;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.web.Turns.Asked;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.ServerResponse.BodyBuilder;

/**
 * Takes turns over HTTP: as one JSON answer or as a stream of events.
 */
final class TurnHandler {

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private static final int MAX_KEY_LENGTH = 255;

	private final TurnTargets targets;

	private final TurnInputReader inputs;

	private final Turns turns;

	private final SessionAccess access;

	private final TurnLimits turnLimits;

	private final StreamLimits streamLimits;

	private final Responses responses;

	private final EventStream stream;

	private final AgentWebProperties properties;

	private final Scheduler scheduler;

	TurnHandler(TurnTargets targets, TurnInputReader inputs, Turns turns, SessionAccess access, TurnLimits turnLimits,
			StreamLimits streamLimits, Responses responses, EventStream stream, AgentWebProperties properties,
			Scheduler scheduler) {
		this.targets = targets;
		this.inputs = inputs;
		this.turns = turns;
		this.access = access;
		this.turnLimits = turnLimits;
		this.streamLimits = streamLimits;
		this.responses = responses;
		this.stream = stream;
		this.properties = properties;
		this.scheduler = scheduler;
	}

	/**
	 * A turn of a session that the client names.
	 * @param request the request
	 * @return the answer
	 */
	Mono<ServerResponse> inSession(ServerRequest request) {
		return answer(request, this.targets.of(request));
	}

	/**
	 * A turn of an agent without sessions, or the first turn of a new session.
	 * @param request the request
	 * @return the answer
	 */
	Mono<ServerResponse> atAgent(ServerRequest request) {
		return answer(request, this.targets.singleOrNewSession(request.pathVariable("agent")));
	}

	private Mono<ServerResponse> answer(ServerRequest request, TurnTarget target) {
		TurnSource.check(target);
		AnswerFormat format = AnswerFormat.of(request);
		String key = idempotencyKey(request);
		return this.access.caller(request).flatMap((caller) -> {
			this.turnLimits.count(caller);
			return (format == AnswerFormat.EVENTS)
					? this.streamLimits.open(caller, (slot) -> answer(request, caller, target, format, key, slot::of))
					: answer(request, caller, target, format, key, UnaryOperator.identity());
		});
	}

	private Mono<ServerResponse> answer(ServerRequest request, Caller caller, TurnTarget target, AnswerFormat format,
			@Nullable String key, UnaryOperator<Flux<ServerSentEvent<String>>> counted) {
		return this.inputs.read(request)
			.flatMap((input) -> begin(request, caller, target, format, key, input))
			.onErrorMap(ProblemException.class, (problem) -> withSession(problem, target))
			.flatMap((asked) -> respond(request, asked, format, (key != null) ? Cursor.of(request) : null, counted));
	}

	private Mono<Asked> begin(ServerRequest request, Caller caller, TurnTarget target, AnswerFormat format,
			@Nullable String key, String input) {
		boolean read = format == AnswerFormat.EVENTS;
		return Mono.deferContextual((context) -> {
			if (key == null) {
				return this.turns.begin(caller, target, input, read, context);
			}
			AgentPath scope = isNewSession(request, target) ? target.agent().path() : target.path();
			return this.turns.beginOnce(caller, new IdempotencyKey(scope, caller.nameOrEmpty(), key), target, input,
					read, context);
		});
	}

	private Mono<ServerResponse> respond(ServerRequest request, Asked asked, AnswerFormat format,
			@Nullable Cursor cursor, UnaryOperator<Flux<ServerSentEvent<String>>> counted) {
		FollowedTurn turn = asked.turn();
		TurnTarget target = asked.target();
		Mono<ServerResponse> response = switch (format) {
			case JSON -> turn.answer()
				.timeout(this.properties.turnTimeout(), Mono.error(() -> timeout(turn)), this.scheduler)
				.flatMap((answer) -> json(request, target, answer));
			case EVENTS -> begun(turn, cursor).timeout(this.properties.keepAlive(), Mono.empty(), this.scheduler)
				.then(Mono.defer(() -> this.responses.events(response(request, target, HttpStatus.OK),
						counted.apply(this.stream.of(asked.events(cursor))))));
		};
		return response.onErrorMap(ProblemException.class, (problem) -> withSession(problem, target));
	}

	/** Who comes back has seen the turn begin, and reads on whatever became of it. */
	private static Mono<Void> begun(FollowedTurn turn, @Nullable Cursor cursor) {
		return (cursor != null) ? Mono.empty() : turn.begun();
	}

	private Mono<ServerResponse> json(ServerRequest request, TurnTarget target, String answer) {
		HttpStatus status = isNewSession(request, target) ? HttpStatus.CREATED : HttpStatus.OK;
		return this.responses.jsonText(response(request, target, status), answer);
	}

	private static BodyBuilder response(ServerRequest request, TurnTarget target, HttpStatus status) {
		BodyBuilder response = ServerResponse.status(status);
		if (isNewSession(request, target)) {
			String turns = request.uri().getRawPath();
			response.location(URI.create(turns.substring(0, turns.lastIndexOf('/') + 1) + target.session()));
		}
		return response;
	}

	private static boolean isNewSession(ServerRequest request, TurnTarget target) {
		return target.session() != null && !request.pathVariables().containsKey("session");
	}

	private static ProblemException withSession(ProblemException problem, TurnTarget target) {
		return (target.session() != null) ? problem.with("session", target.session()) : problem;
	}

	private ProblemException timeout(FollowedTurn turn) {
		return new ProblemException(ProblemType.NO_ANSWER_IN_TIME,
				("The turn has no answer after %s and goes on. Ask for text/event-stream to follow it, "
						+ "or send it again with the same Idempotency-Key, if it had one, to wait longer.")
					.formatted(this.properties.turnTimeout()))
			.with("turn", turn.id());
	}

	/**
	 * Cancel a turn.
	 * @param request the request
	 * @return a response without content
	 */
	Mono<ServerResponse> cancel(ServerRequest request) {
		TurnTarget target = this.targets.of(request);
		String turn = request.pathVariable("turn");
		return this.access.caller(request)
			.flatMap((caller) -> this.access.reach(caller, target).then(this.access.reaches(caller, target, turn)))
			.flatMap((reached) -> reached ? this.turns.cancel(target, turn) : Mono.error(Turns.unknown()))
			.then(Mono.defer(() -> ServerResponse.noContent().build()));
	}

	private static @Nullable String idempotencyKey(ServerRequest request) {
		List<String> values = request.headers().header(IDEMPOTENCY_KEY);
		if (values.isEmpty()) {
			return null;
		}
		String value = values.get(0);
		if (values.size() > 1 || value.isBlank() || value.length() > MAX_KEY_LENGTH) {
			throw new ProblemException(ProblemType.INVALID_IDEMPOTENCY_KEY,
					"One Idempotency-Key of 1 to %d characters is allowed. A random UUID is a good one."
						.formatted(MAX_KEY_LENGTH));
		}
		return value;
	}

}
