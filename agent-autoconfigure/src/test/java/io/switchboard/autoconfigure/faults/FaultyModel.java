package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.switchboard.test.provider.ChatRequest;
import io.switchboard.test.provider.Completion;
import io.switchboard.test.provider.Fault;
import io.switchboard.test.provider.Interruption;
import io.switchboard.test.provider.Reply;
import tools.jackson.databind.JsonNode;

/**
 * A model that answers most requests, nearly all of them first by calls of tools, and
 * meets the rest with a fault by chance; now and then it is out for a while. No two of
 * its answers have a token or an argument in common, and each token names the turn it was
 * meant for.
 */
final class FaultyModel implements Function<ChatRequest, Reply> {

	/**
	 * Of a session, and of the experts that are asked in the course of it.
	 */
	private static final Pattern TURN = Pattern.compile("s\\d+-t\\d+(-e\\d+x\\d+)*");

	private static final List<String> TOOLS = List.of("price", "price", "price", "priceLater", "priceLater", "closed",
			"broken", "brokenLater", "slow", "lookup", "lookup", "lookup", "lookupLater", "lookupLater", "lookupBroken",
			"refund", "refund", "askExpert");

	private static final int OUTAGE_EVERY = 1_000;

	private static final int OUTAGE = 40;

	private final long seed;

	private final AtomicLong replies = new AtomicLong();

	private final Tally counts = new Tally();

	FaultyModel(long seed) {
		this.seed = seed;
	}

	/**
	 * How often it did what.
	 * @return the numbers by kind
	 */
	Tally counts() {
		return this.counts;
	}

	@Override
	public Reply apply(ChatRequest request) {
		long number = this.replies.incrementAndGet();
		String turn = turn(request);
		// Not by the number: how turns follow each other is up to the threads
		Random random = new Random(
				this.seed * 31 + turn.hashCode() * 1009L + request.messages().size() * 7919L + number % 3);
		if (number % OUTAGE_EVERY > OUTAGE_EVERY - OUTAGE) {
			this.counts.count("outage");
			return Reply.overloaded();
		}
		if (turn.hashCode() % 40 == 0) {
			this.counts.count("the same call");
			return Reply.toolCall("lookup", "{\"id\":\"the same\"}");
		}
		Completion words = words(turn, number, 1 + random.nextInt(6));
		return (random.nextInt(100) < 65) ? good(words, request, turn, number, random)
				: faulty(words, turn, number, random);
	}

	private Completion good(Completion words, ChatRequest request, String turn, long number, Random random) {
		int callsTools = isBegun(request) ? 35 : 90;
		if (random.nextInt(100) >= callsTools) {
			this.counts.count("answer");
			return words.withPace(Duration.ofMillis(random.nextInt(4)));
		}
		this.counts.count("calls of tools");
		Completion calls = random.nextBoolean() ? words : Reply.answer("");
		for (int i = 0; i <= random.nextInt(5); i++) {
			calls = call(calls, TOOLS.get(random.nextInt(TOOLS.size())), turn, "%dx%d".formatted(number, i));
		}
		return calls;
	}

	private static Completion call(Completion calls, String tool, String turn, String id) {
		return tool.equals("askExpert")
				? calls.andToolCall(tool, "{\"question\":\"This is %s-e%s\"}".formatted(turn, id))
				: calls.andToolCall(tool, "{\"id\":\"%s\"}".formatted(id));
	}

	private Reply faulty(Completion words, String turn, long number, Random random) {
		int after = random.nextInt(4);
		return switch (random.nextInt(28)) {
			case 0 -> as("limited", Reply.rateLimited(Duration.ZERO));
			case 1 ->
				as("limited for a while", Reply.rateLimited(Duration.ofSeconds(1)).withHeader("retry-after-ms", "50"));
			case 2 -> as("limited for long",
					(number % 8 == 0) ? Reply.rateLimited(Duration.ofSeconds(1)) : Reply.rateLimited(Duration.ZERO));
			case 3 -> as("overloaded", Reply.overloaded());
			case 4 -> as("late error", Reply.serverError().withDelay(Duration.ofMillis(50)));
			case 5 -> as("gateway", Reply.error(504, "timeout_error", "timeout", "Too slow"));
			case 6 -> as("unauthorized", Reply.unauthorized());
			case 7 -> as("overflow", Reply.contextLengthExceeded());
			case 8 -> as("bad request", Reply.error(400, "invalid_request_error", "nonsense", "What?"));
			case 9 -> as("closed", words.closingAfter(after));
			case 10 -> as("reset", words.resettingAfter(after));
			case 11 ->
				as("closed before headers", words.with(new Interruption(Fault.CLOSE, Interruption.BEFORE_HEADERS)));
			case 12 ->
				as("reset before headers", words.with(new Interruption(Fault.RESET, Interruption.BEFORE_HEADERS)));
			case 13 -> as("malformed", words.malformedAfter(after));
			case 14 -> as("overloaded in a stream", words.failingAfter(after, Reply.overloaded()));
			case 15 -> as("error in a stream", words.failingAfter(after, Reply.serverError()));
			case 16 -> as("stalled", words.stallingAfter(after));
			case 17 -> as("silent", Reply.silence());
			case 18 -> as("slow", words.withPace(Duration.ofMillis(60)));
			case 19 -> as("endless", words(turn, number, 100).withPace(Duration.ofMillis(30)));
			case 20 -> as("empty", Reply.answer(""));
			case 21 -> as("refused", Reply.refusal("%s.%d.no".formatted(turn, number)));
			case 22 -> as("filtered", words.withFinishReason("content_filter"));
			case 23 -> as("unknown tool", Reply.unknownTool());
			case 24 -> as("broken arguments", words.andToolCall("price", "{\"id\":"));
			case 25 -> as("wrong arguments", Reply.toolCall("price", "{\"number\":1}"));
			case 26 -> as("unknown among known", call(Reply.unknownTool(), "price", turn, number + "x8"));
			default -> as("closed in a call", call(words, "price", turn, number + "x9").closingAfter(after));
		};
	}

	private Reply as(String kind, Reply reply) {
		this.counts.count(kind);
		return reply;
	}

	private static Completion words(String turn, long number, int count) {
		return Reply.stream(IntStream.range(0, count)
			.mapToObj((i) -> "%s.%d.%d ".formatted(turn, number, i))
			.toArray(String[]::new));
	}

	/**
	 * The turn of a token.
	 * @param token the token
	 * @return the turn's id
	 */
	static String turnOf(String token) {
		int end = token.indexOf('.');
		return (end > 0) ? token.substring(0, end) : token;
	}

	private static String turn(ChatRequest request) {
		List<JsonNode> messages = request.messages();
		for (int i = messages.size() - 1; i >= 0; i--) {
			Matcher matcher = TURN.matcher(said(messages.get(i)));
			if (matcher.find()) {
				return matcher.group();
			}
		}
		throw new IllegalStateException("No turn is named in " + messages);
	}

	/**
	 * Whether tools were called before in the turn.
	 */
	private static boolean isBegun(ChatRequest request) {
		List<JsonNode> messages = request.messages();
		return said(messages.get(messages.size() - 1)).isEmpty();
	}

	/**
	 * What a user says. Anthropic's clients give results of tools in the user's name.
	 */
	private static String said(JsonNode message) {
		if (!message.path("role").asString("").equals("user")) {
			return "";
		}
		JsonNode content = message.path("content");
		return content.isArray()
				? content.valueStream().map((part) -> part.path("text").asString("")).collect(Collectors.joining())
				: content.asString("");
	}

}
