package io.switchboard.benchmarks.http.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.switchboard.benchmarks.http.TokenText;
import io.switchboard.benchmarks.http.TurnPlan;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * One session: asks for a turn and reads its events to the end, checking that each token
 * comes once and in its place.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen in the session
final class SessionReader extends SimpleChannelInboundHandler<HttpObject> {

	private static final String TEXT = "\"text\":\"";

	private final StringBuilder line = new StringBuilder();

	private final String path;

	private final TurnPlan plan;

	private final Reading reading;

	private final Runnable whenOver;

	private final long begun = System.nanoTime();

	private int tokens;

	private boolean completed;

	private boolean over;

	SessionReader(String path, TurnPlan plan, Reading reading, Runnable whenOver) {
		this.path = path;
		this.plan = plan;
		this.reading = reading;
		this.whenOver = whenOver;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		ByteBuf body = Unpooled.copiedBuffer("{\"input\":\"" + this.plan.asInput() + "\"}", US_ASCII);
		DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, this.path,
				body);
		request.headers()
			.set(HttpHeaderNames.HOST, "localhost")
			.set(HttpHeaderNames.ACCEPT, "text/event-stream")
			.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
			.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		context.writeAndFlush(request);
		this.reading.opened.incrementAndGet();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
		if (part instanceof HttpResponse response && response.status().code() != 200) {
			end("status " + response.status());
		}
		if (part instanceof HttpContent content) {
			read(content.content());
		}
		if (part instanceof LastHttpContent) {
			end(this.completed ? null : "the events ended without an answer after " + this.tokens + " tokens");
			context.close();
		}
	}

	private void read(ByteBuf content) {
		long now = TokenText.now();
		while (content.isReadable()) {
			char next = (char) content.readByte();
			if (next == '\n') {
				readLine(this.line.toString(), now);
				this.line.setLength(0);
			}
			else {
				this.line.append(next);
			}
		}
	}

	private void readLine(String text, long now) {
		if (text.startsWith("data:")) {
			int token = text.indexOf(TEXT);
			if (token > 0) {
				readToken(text, token + TEXT.length(), now);
			}
		}
		else if (text.equals("event:turn-completed")) {
			this.completed = true;
		}
		else if (text.equals("event:turn-failed")) {
			end("the turn failed after " + this.tokens + " tokens");
		}
	}

	private void readToken(String text, int from, long now) {
		if (TokenText.numberAt(text, from) != this.tokens % this.plan.tokens()) {
			this.reading.wrongTokens.incrementAndGet();
		}
		this.tokens++;
		this.reading.tokens.incrementAndGet();
		this.reading.late(now - TokenText.sentAt(text, from));
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		end("the connection was closed after " + this.tokens + " tokens");
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		end(cause + " after " + this.tokens + " tokens");
		context.close();
	}

	private void end(@Nullable String failure) {
		if (this.over) {
			return;
		}
		this.over = true;
		if (failure != null) {
			this.reading.fail(failure);
		}
		else if (this.tokens != this.plan.tokensOfTurn()) {
			this.reading.fail("%d tokens instead of %d".formatted(this.tokens, this.plan.tokensOfTurn()));
		}
		else {
			this.reading.turns.add(System.nanoTime() - this.begun);
			this.reading.completed.incrementAndGet();
		}
		this.whenOver.run();
	}

}
