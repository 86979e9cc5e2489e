package io.switchboard.benchmarks.http.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The key of the provider, made once and good for this machine only.
 *
 * @param store the key store
 * @param password its password
 */
public record Keys(Path store, String password) {

	private static final String PASSWORD = "loopback";

	public static Keys in(Path directory) throws IOException {
		Path store = directory.resolve("provider.p12").toAbsolutePath();
		if (!Files.exists(store)) {
			Process keytool = new ProcessBuilder(
					List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
							"-alias", "provider", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
							"-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "3650", "-storetype", "PKCS12",
							"-keystore", store.toString(), "-storepass", PASSWORD))
				.inheritIO()
				.start();
			try {
				if (keytool.waitFor() != 0) {
					throw new IOException("keytool made no key for the provider");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException("Interrupted while keytool makes a key", ex);
			}
		}
		return new Keys(store, PASSWORD);
	}

}
