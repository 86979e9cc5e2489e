package com.example.helpdesk.page;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A line between browser and application that can be cut.
 */
final class Relay implements Closeable {

	private final int target;

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean broken;

	Relay(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	void cut() {
		this.broken = true;
		this.sockets.forEach(Relay::close);
	}

	void mend() {
		this.broken = false;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
		this.threads.shutdownNow();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket from = this.server.accept();
				if (this.broken) {
					close(from);
					continue;
				}
				Socket to = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.sockets.add(from);
				this.sockets.add(to);
				this.threads.execute(() -> copy(from, to));
				this.threads.execute(() -> copy(to, from));
			}
			catch (IOException ex) {
				// closed, or the next one may get through
			}
		}
	}

	private static void copy(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// the other side sees it
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
