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

	private volatile boolean swallowing;

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

	/**
	 * Pass nothing on, while both sides believe that they are connected.
	 */
	void swallow() {
		this.swallowing = true;
	}

	void mend() {
		this.broken = false;
		this.swallowing = false;
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
				this.threads.execute(() -> passOn(from, to));
				this.threads.execute(() -> passOn(to, from));
			}
			catch (IOException ex) {
				// closed, or the next one may get through
			}
		}
	}

	private void passOn(Socket from, Socket to) {
		byte[] buffer = new byte[8192];
		try (from; to) {
			for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
				if (!this.swallowing) {
					to.getOutputStream().write(buffer, 0, read);
				}
			}
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
