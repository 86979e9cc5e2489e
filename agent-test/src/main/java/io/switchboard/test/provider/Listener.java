package io.switchboard.test.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the connections on the loopback interface, and on no other.
 */
final class Listener {

	private static final Logger logger = LoggerFactory.getLogger(Listener.class);

	private static final int BACKLOG = 1024;

	private final Clock clock;

	private final ServerSocketChannel channel;

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	Listener(int port, Clock clock) throws IOException {
		this.clock = clock;
		this.channel = ServerSocketChannel.open();
		this.channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port), BACKLOG);
	}

	int port() {
		return this.channel.socket().getLocalPort();
	}

	int openConnections() {
		return this.connections.size();
	}

	void listen(EventLoop loop, RequestHandler handler) throws IOException {
		loop.register(this.channel, SelectionKey.OP_ACCEPT, () -> accept(loop, handler));
	}

	void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			logger.warn("The port of the fake provider did not close", ex);
		}
		List.copyOf(this.connections).forEach(Connection::abort);
	}

	private void accept(EventLoop loop, RequestHandler handler) {
		try {
			SocketChannel client = this.channel.accept();
			if (client != null) {
				this.connections.add(new Connection(loop, client, handler, this.clock, this.connections::remove));
			}
		}
		catch (IOException ex) {
			logger.warn("The fake provider lost a client that was just connecting", ex);
		}
	}

}
