package io.switchboard.benchmarks.http.provider;

import java.util.HashMap;
import java.util.Map;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsAckFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A connection with many calls of OpenAI's dialect at once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen by the client
final class Http2Connection extends SimpleChannelInboundHandler<Http2Frame> {

	/** As many calls share a connection at providers behind the usual front ends. */
	static final int STREAMS = 100;

	private final Map<Http2FrameStream, StringBuilder> requests = new HashMap<>();

	private final Http2FrameCodec codec;

	private final Wheel wheel;

	private int calls;

	Http2Connection(Http2FrameCodec codec, Wheel wheel) {
		this.codec = codec;
		this.wheel = wheel;
		tolerateMore();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, Http2Frame frame) {
		if (frame instanceof Http2SettingsAckFrame) {
			tolerateMore();
		}
		else if (frame instanceof Http2StreamFrame part) {
			readPart(context, part);
		}
	}

	/**
	 * Clients open more streams before they have heard of the limit, and count one no
	 * more before they have said so. Refusing one here would end the connection.
	 */
	private void tolerateMore() {
		this.codec.connection().remote().maxActiveStreams(Integer.MAX_VALUE);
	}

	private void readPart(ChannelHandlerContext context, Http2StreamFrame frame) {
		Http2FrameStream stream = frame.stream();
		if (frame instanceof Http2HeadersFrame) {
			this.requests.put(stream, new StringBuilder());
		}
		else if (frame instanceof Http2ResetFrame) {
			this.requests.remove(stream);
		}
		else if (frame instanceof Http2DataFrame data) {
			StringBuilder request = this.requests.get(stream);
			if (request == null) {
				return;
			}
			request.append(data.content().toString(UTF_8));
			context.write(new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes()).stream(stream));
			if (data.isEndStream()) {
				new Call(new Http2Wire(context, stream), OpenAiDialect.of(++this.calls), request.toString(), this.wheel)
					.begin();
				request.setLength(0);
			}
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.flush();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.requests.clear();
	}

	/**
	 * A stream that the client has given up fails alone.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof Http2FrameStreamException failed) {
			this.requests.remove(failed.stream());
		}
		else {
			System.err.println("A connection is closed: " + cause);
			context.close();
		}
	}

	/**
	 * The response on one stream.
	 */
	private final class Http2Wire implements Wire {

		private final ChannelHandlerContext context;

		private final Http2FrameStream stream;

		Http2Wire(ChannelHandlerContext context, Http2FrameStream stream) {
			this.context = context;
			this.stream = stream;
		}

		@Override
		public boolean isOpen() {
			return Http2Connection.this.requests.containsKey(this.stream);
		}

		@Override
		public void begin(String contentType) {
			DefaultHttp2Headers headers = new DefaultHttp2Headers();
			headers.status("200").set("content-type", contentType);
			write(new DefaultHttp2HeadersFrame(headers).stream(this.stream));
		}

		@Override
		public void send(String text) {
			write(new DefaultHttp2DataFrame(ByteBufUtil.writeAscii(this.context.alloc(), text)).stream(this.stream));
		}

		@Override
		public void end() {
			write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true).stream(this.stream));
			Http2Connection.this.requests.remove(this.stream);
		}

		private void write(Http2StreamFrame frame) {
			this.context.write(frame);
			Http2Connection.this.wheel.writtenTo(this.context);
		}

	}

}
