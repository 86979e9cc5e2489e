package io.switchboard.benchmarks.http.durability;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * One connection that follows a session.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen by the reader
final class EventConnection extends SimpleChannelInboundHandler<HttpObject> {

	private final StringBuilder line = new StringBuilder();

	private final String path;

	private final long known;

	private final Reader reader;

	private long id;

	private boolean event;

	private boolean over;

	EventConnection(String path, long known, Reader reader) {
		this.path = path;
		this.known = known;
		this.reader = reader;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, this.path,
				Unpooled.EMPTY_BUFFER);
		request.headers()
			.set(HttpHeaderNames.HOST, "localhost")
			.set(HttpHeaderNames.ACCEPT, "text/event-stream")
			.set("Last-Event-ID", Long.toString(this.known));
		context.writeAndFlush(request);
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
			end("the events ended");
			context.close();
		}
	}

	private void read(ByteBuf content) {
		while (content.isReadable()) {
			char next = (char) content.readByte();
			if (next == '\n') {
				readLine(this.line.toString());
				this.line.setLength(0);
			}
			else {
				this.line.append(next);
			}
		}
	}

	private void readLine(String text) {
		if (text.startsWith("id:")) {
			this.id = Long.parseLong(text.substring("id:".length()));
		}
		else if (text.startsWith("event:")) {
			this.event = true;
		}
		else if (text.isEmpty()) {
			if (this.event) {
				this.reader.event(this.id);
			}
			this.event = false;
			this.id = 0;
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		end("the connection was closed");
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		end(String.valueOf(cause));
		context.close();
	}

	private void end(String why) {
		if (!this.over) {
			this.over = true;
			this.reader.over(why);
		}
	}

	/**
	 * Whoever is told what comes.
	 */
	interface Reader {

		/**
		 * An event has come.
		 * @param id its number, 0 if it has none
		 */
		void event(long id);

		/**
		 * The connection is over.
		 * @param why what ended it
		 */
		void over(String why);

	}

}
