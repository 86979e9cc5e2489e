package io.switchboard.test.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A provider on a loopback port that speaks the protocols of OpenAI, Anthropic and
 * Ollama, answers as it is told, fails on demand, and sees what its clients do with their
 * connections.
 * <p>
 * You probably want this: <pre class="code">
 * try (FakeProvider provider = FakeProvider.start()) {
 *     provider.enqueue(Reply.rateLimited(Duration.ofSeconds(2)), Reply.answer("Hello there"));
 *     // point a client at provider.baseUrl() ...
 *     provider.exchange(1).join().request().lastUserText();
 * }
 * </pre>
 * <p>
 * It serves {@code POST /v1/chat/completions}, {@code POST /v1/messages} and
 * {@code POST /api/chat}, streamed or not, and {@code GET /v1/models}. Replies are the
 * same for all protocols, written in the words of the one that asks. Pace, delays and
 * stalls take real time. All connections share one thread, so hundreds of them are cheap,
 * and functions given to this class must not block. The latest 10,000 exchanges are kept.
 * For a process of its own see {@link FakeProviderMain}.
 *
 * @since 0.1.0
 */
public final class FakeProvider implements AutoCloseable {

	private final ReplyScript script = new ReplyScript();

	private final ExchangeLog log;

	private final EventLoop loop;

	private final Listener listener;

	private final AtomicBoolean closed = new AtomicBoolean();

	private FakeProvider(int port) throws IOException {
		Clock clock = Clock.systemUTC();
		this.log = new ExchangeLog(clock);
		this.listener = new Listener(port, clock);
		this.loop = new EventLoop("fake-provider-" + this.listener.port());
		this.listener.listen(this.loop,
				new Router(
						Map.of("/v1/chat/completions", chat(Protocol.OPENAI), "/v1/messages", chat(Protocol.ANTHROPIC),
								"/api/chat", chat(Protocol.OLLAMA)),
						new ControlEndpoint(this.script, this.log, this.listener::openConnections)));
		this.loop.start();
	}

	private ChatEndpoint chat(Protocol protocol) {
		return new ChatEndpoint(protocol, this.loop, this.script, this.log);
	}

	/**
	 * Starts a provider on a free port.
	 * @return a provider that refuses requests until it is told what to answer
	 */
	public static FakeProvider start() {
		return start(0);
	}

	/**
	 * Starts a provider.
	 * @param port the port, 0 for a free one
	 * @return a provider that refuses requests until it is told what to answer
	 * @throws UncheckedIOException when the port is taken
	 */
	public static FakeProvider start(int port) {
		try {
			return new FakeProvider(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The fake provider cannot listen on 127.0.0.1:" + port
					+ "; choose another port, or 0 for a free one", ex);
		}
	}

	/**
	 * Queues replies. Each request takes the first one in the queue that is for it.
	 * @param replies the replies, in the order of the requests
	 * @return this provider
	 */
	public FakeProvider enqueue(Reply... replies) {
		this.script.add(Arrays.stream(replies).map(ReplyRule::always).toList());
		return this;
	}

	/**
	 * Queues a reply for one kind of request.
	 * @param condition which requests it is for
	 * @param reply the reply, used once
	 * @return this provider
	 */
	public FakeProvider enqueueWhen(Predicate<ChatRequest> condition, Reply reply) {
		Objects.requireNonNull(condition, "'condition' must not be null");
		this.script.add(List.of(new ReplyRule(condition, (otherwise) -> reply)));
		return this;
	}

	/**
	 * Says what requests get that no queued reply is for, any number of times. With a
	 * tool call these are endless tool calls.
	 * @param reply the reply
	 * @return this provider
	 */
	public FakeProvider otherwise(Reply reply) {
		return otherwise((request) -> reply);
	}

	/**
	 * Says what requests get that no queued reply is for, looking at the request.
	 * @param replies finds the reply; it must not block
	 * @return this provider
	 */
	public FakeProvider otherwise(Function<ChatRequest, Reply> replies) {
		this.script.otherwise(Objects.requireNonNull(replies, "'replies' must not be null"));
		return this;
	}

	/**
	 * How many queued replies no request has taken.
	 * @return the number of replies
	 */
	public int queued() {
		return this.script.queued();
	}

	/**
	 * The port.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return this.listener.port();
	}

	/**
	 * The base URL for OpenAI clients.
	 * @return the URL, {@code /v1} included
	 */
	public String baseUrl() {
		return rootUrl() + "/v1";
	}

	/**
	 * The base URL for the clients of Anthropic and Ollama.
	 * @return the URL without a path
	 */
	public String rootUrl() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * The chat completion requests so far, and how they stand.
	 * @return the exchanges, oldest first
	 */
	public List<Exchange> exchanges() {
		return this.log.all();
	}

	/**
	 * Waits for a chat completion request.
	 * @param number its number, 1 for the first
	 * @return the exchange, as soon as its request is there
	 */
	public CompletableFuture<Exchange> exchange(int number) {
		return this.log.exchange(number);
	}

	/**
	 * How many connections are open, idle ones included.
	 * @return the number of connections
	 */
	public int openConnections() {
		return this.listener.openConnections();
	}

	/**
	 * Closes the port and all connections. Answers under way are cut.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.loop.stop(this.listener::close);
		}
	}

}
