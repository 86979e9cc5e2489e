package io.switchboard.benchmarks.http.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.switchboard.benchmarks.http.TurnPlan;
import io.switchboard.benchmarks.measurement.Pauses;

/**
 * Opens sessions at a steady rate, each on a connection of its own, all served by one
 * thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen in the session
public final class Load implements AutoCloseable {

	private static final int TURNS_OF_SESSION = 5;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final int port;

	/**
	 * Make a load.
	 * @param port the application's
	 */
	public Load(int port) {
		this.port = port;
	}

	/**
	 * Begin to open sessions. Each of them has one turn.
	 * @param sessions how many
	 * @param prefix what their names begin with
	 * @param plan the turn
	 * @param rampMillis in which time
	 * @return what they see, as they see it
	 */
	public Reading start(int sessions, String prefix, TurnPlan plan, int rampMillis) {
		Reading reading = new Reading();
		for (int i = 0; i < sessions; i++) {
			String path = "/agents/support/" + prefix + i + "/turns";
			this.group.schedule(() -> open(new SessionReader(path, plan, reading, () -> {
			}), reading), TimeUnit.MILLISECONDS.toMicros(rampMillis) * i / sessions, TimeUnit.MICROSECONDS);
		}
		return reading;
	}

	/**
	 * Begin to take turns, each user one after the other.
	 * @param users how many at once
	 * @param turns how many in all
	 * @param prefix what the names of their sessions begin with
	 * @param plan the turns
	 * @return what they see, as they see it
	 */
	public Reading loop(int users, int turns, String prefix, TurnPlan plan) {
		Reading reading = new Reading();
		for (int user = 0; user < users; user++) {
			int first = user;
			this.group.execute(() -> take(first, users, turns, prefix, plan, reading));
		}
		return reading;
	}

	private void take(int turn, int users, int turns, String prefix, TurnPlan plan, Reading reading) {
		if (turn < turns) {
			String session = prefix + turn % users + "-" + turn / users / TURNS_OF_SESSION;
			open(new SessionReader("/agents/support/" + session + "/turns", plan, reading,
					() -> take(turn + users, users, turns, prefix, plan, reading)), reading);
		}
	}

	private void open(SessionReader reader, Reading reading) {
		connect(reader, (failure) -> reading.fail(String.valueOf(failure)));
	}

	/**
	 * Open a connection.
	 * @param handler speaks over it
	 * @param failed told if there is none
	 */
	public void connect(ChannelHandler handler, Consumer<Throwable> failed) {
		new Bootstrap().group(this.group)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new HttpClientCodec(), handler);
				}
			})
			.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port))
			.addListener((ChannelFutureListener) (opening) -> {
				if (!opening.isSuccess()) {
					failed.accept(opening.cause());
				}
			});
	}

	/**
	 * Wait for something, for a while.
	 * @param condition what to wait for
	 * @param mostSeconds how long at most
	 * @return whether it has come
	 */
	public static boolean await(BooleanSupplier condition, int mostSeconds) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(mostSeconds);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end > 0) {
				return false;
			}
			Pauses.ofMillis(20);
		}
		return true;
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

}
