package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.switchboard.test.provider.ChatRequest;
import io.switchboard.test.provider.Completion;
import io.switchboard.test.provider.Fault;
import io.switchboard.test.provider.Interruption;
import io.switchboard.test.provider.Reply;
import tools.jackson.databind.JsonNode;

/**
 * A model that answers every other request, and meets the rest with a fault by chance. No
 * two of its answers have a token or an argument in common, and each token names the turn
 * it was meant for.
 */
final class FaultyModel implements Function<ChatRequest, Reply> {

	private static final Pattern TURN = Pattern.compile("s\\d+-t\\d+");

	private static final List<String> TOOLS = List.of("price", "priceLater", "closed", "broken", "brokenLater", "slow",
			"lookup", "lookupLater", "refund");

	private final long seed;

	private final AtomicLong replies = new AtomicLong();

	FaultyModel(long seed) {
		this.seed = seed;
	}

	@Override
	public Reply apply(ChatRequest request) {
		long number = this.replies.incrementAndGet();
		String turn = turn(request);
		// Not by the number: how turns follow each other is up to the threads
		Random random = new Random(
				this.seed * 31 + turn.hashCode() * 1009L + request.messages().size() * 7919L + number % 3);
		if (turn.hashCode() % 40 == 0) {
			return Reply.toolCall("lookup", "{\"id\":\"the same\"}");
		}
		Completion words = words(turn, number, 1 + random.nextInt(6));
		return (random.nextInt(100) < 45) ? good(words, number, random) : faulty(words, turn, number, random);
	}

	private static Completion good(Completion words, long number, Random random) {
		if (random.nextInt(3) != 0) {
			return words.withPace(Duration.ofMillis(random.nextInt(4)));
		}
		Completion calls = random.nextBoolean() ? words : Reply.answer("");
		for (int i = 0; i <= random.nextInt(3); i++) {
			calls = calls.andToolCall(TOOLS.get(random.nextInt(TOOLS.size())),
					"{\"id\":\"%d.%d\"}".formatted(number, i));
		}
		return calls;
	}

	private static Reply faulty(Completion words, String turn, long number, Random random) {
		int after = random.nextInt(4);
		return switch (random.nextInt(26)) {
			case 0 -> Reply.rateLimited(Duration.ZERO);
			case 1 -> Reply.rateLimited(Duration.ofMinutes(5));
			case 2 -> Reply.overloaded();
			case 3 -> Reply.serverError().withDelay(Duration.ofMillis(50));
			case 4 -> Reply.error(504, "timeout_error", "timeout", "Too slow");
			case 5 -> Reply.unauthorized();
			case 6 -> Reply.contextLengthExceeded();
			case 7 -> Reply.error(400, "invalid_request_error", "nonsense", "What?");
			case 8 -> words.closingAfter(after);
			case 9 -> words.resettingAfter(after);
			case 10 -> words.with(new Interruption(Fault.CLOSE, Interruption.BEFORE_HEADERS));
			case 11 -> words.with(new Interruption(Fault.RESET, Interruption.BEFORE_HEADERS));
			case 12 -> words.malformedAfter(after);
			case 13 -> words.failingAfter(after, Reply.overloaded());
			case 14 -> words.failingAfter(after, Reply.serverError());
			case 15 -> words.stallingAfter(after);
			case 16 -> Reply.silence();
			case 17 -> words.withPace(Duration.ofMillis(60));
			case 18 -> words(turn, number, 100).withPace(Duration.ofMillis(30));
			case 19 -> Reply.answer("");
			case 20 -> Reply.refusal("No.");
			case 21 -> words.withFinishReason("content_filter");
			case 22 -> Reply.unknownTool();
			case 23 -> words.andToolCall("price", "{\"id\":");
			case 24 -> Reply.toolCall("price", "{\"number\":1}");
			default -> words.andToolCall("price", "{\"id\":\"%d.9\"}".formatted(number)).closingAfter(after);
		};
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
		return token.substring(0, token.indexOf('.'));
	}

	private static String turn(ChatRequest request) {
		List<JsonNode> messages = request.messages();
		for (int i = messages.size() - 1; i >= 0; i--) {
			Matcher matcher = TURN.matcher(messages.get(i).path("content").toString());
			if (messages.get(i).path("role").asString("").equals("user") && matcher.find()) {
				return matcher.group();
			}
		}
		throw new IllegalStateException("No turn is named in " + Arrays.toString(messages.toArray()));
	}

}
