package io.switchboard.benchmarks.http.provider;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A connection with one call of Ollama's dialect at a time. It also takes orders:
 * {@code POST /hold} and {@code POST /release}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen by the client
final class Http1Connection extends SimpleChannelInboundHandler<FullHttpRequest> {

	private final Wheel wheel;

	Http1Connection(Wheel wheel) {
		this.wheel = wheel;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
		switch (request.uri()) {
			case "/api/chat" ->
				new Call(new Http1Wire(context), new OllamaDialect(), request.content().toString(UTF_8), this.wheel)
					.begin();
			case "/hold" -> answer(context, HttpResponseStatus.OK, this.wheel.release(false));
			case "/release" -> answer(context, HttpResponseStatus.OK, this.wheel.release(true));
			default -> answer(context, HttpResponseStatus.NOT_FOUND, 0);
		}
	}

	private static void answer(ChannelHandlerContext context, HttpResponseStatus status, int number) {
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status,
				ByteBufUtil.writeAscii(context.alloc(), Integer.toString(number)));
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
		context.writeAndFlush(response);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

	/**
	 * The response to the request of the moment.
	 */
	private final class Http1Wire implements Wire {

		private final ChannelHandlerContext context;

		Http1Wire(ChannelHandlerContext context) {
			this.context = context;
		}

		@Override
		public boolean isOpen() {
			return this.context.channel().isActive();
		}

		@Override
		public void begin(String contentType) {
			HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
			response.headers()
				.set(HttpHeaderNames.CONTENT_TYPE, contentType)
				.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
			write(response);
		}

		@Override
		public void send(String text) {
			write(new DefaultHttpContent(ByteBufUtil.writeAscii(this.context.alloc(), text)));
		}

		@Override
		public void end() {
			write(LastHttpContent.EMPTY_LAST_CONTENT);
		}

		private void write(Object part) {
			this.context.write(part, this.context.voidPromise());
			Http1Connection.this.wheel.writtenTo(this.context);
		}

	}

}
