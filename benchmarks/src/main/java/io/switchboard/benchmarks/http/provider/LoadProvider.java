package io.switchboard.benchmarks.http.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/**
 * A provider of models for loads: OpenAI's dialect over HTTP/2 and TLS, as OpenAI has it,
 * Ollama's over plain HTTP/1.1, as Ollama has it. Everything on one thread, so that it
 * leaves the processors to what is measured.
 */
public final class LoadProvider {

	private static final int LARGEST_REQUEST = 1 << 20;

	private static final int BACKLOG = 16_384;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Wheel wheel = new Wheel(this.group.next());

	private LoadProvider() {
	}

	/**
	 * Run until the process is ended. The first line of output has the ports of both
	 * dialects, OpenAI's first.
	 * @param arguments a key store with the server's key, and its password
	 * @throws GeneralSecurityException if the key cannot be used
	 * @throws IOException if the key cannot be read
	 * @throws InterruptedException if the process is to end
	 */
	public static void main(String[] arguments) throws GeneralSecurityException, IOException, InterruptedException {
		SslContext tls = tls(Path.of(arguments[0]), arguments[1].toCharArray());
		LoadProvider provider = new LoadProvider();
		Channel openAi = provider.listen((channel) -> openAi(tls.newHandler(channel.alloc()), provider.wheel));
		Channel ollama = provider.listen((channel) -> List.of(new HttpServerCodec(),
				new HttpObjectAggregator(LARGEST_REQUEST), new Http1Connection(provider.wheel)));
		System.out.println(port(openAi) + " " + port(ollama));
		openAi.closeFuture().sync();
	}

	private static List<ChannelHandler> openAi(ChannelHandler tls, Wheel wheel) {
		Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
			.initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(Http2Connection.STREAMS))
			// clients that have read the last token reset their stream, and this is no
			// attack
			.decoderEnforceMaxRstFramesPerWindow(0, 0)
			.encoderEnforceMaxRstFramesPerWindow(0, 0)
			.build();
		return List.of(tls, codec, new Http2Connection(codec, wheel));
	}

	private static SslContext tls(Path keys, char[] password) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream content = Files.newInputStream(keys)) {
			store.load(content, password);
		}
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(store, password);
		return SslContextBuilder.forServer(factory)
			.applicationProtocolConfig(
					new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
							SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2))
			.build();
	}

	private Channel listen(Handlers handlers) throws InterruptedException {
		return new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					ChannelPipeline pipeline = channel.pipeline();
					handlers.of(channel).forEach(pipeline::addLast);
				}
			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sync()
			.channel();
	}

	private static int port(Channel server) {
		return ((InetSocketAddress) server.localAddress()).getPort();
	}

	/**
	 * Makes what serves a connection.
	 */
	private interface Handlers {

		List<ChannelHandler> of(Channel channel);

	}

}
