package io.switchboard.autoconfigure.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Names what one caller has of addresses: whoever has one of IPv6 has its whole network
 * of 64 bits, and could else be as many callers as they like.
 */
final class CallerNetwork {

	private static final int NETWORK_BYTES = 8;

	private CallerNetwork() {
	}

	static String of(InetAddress address) {
		if (!(address instanceof Inet6Address)) {
			return address.getHostAddress();
		}
		byte[] bytes = address.getAddress();
		Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
		try {
			return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address of 16 bytes is one of IPv6", ex);
		}
	}

}
