package io.switchboard.autoconfigure.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallerNetwork}.
 */
class CallerNetworkTests {

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, 10.1.2.3", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
			"2001:db8:1:2:ffff::1, 2001:db8:1:2:0:0:0:0/64", "::ffff:10.1.2.3, 10.1.2.3" })
	void anAddressOfIpv6IsCountedByItsNetwork(String address, String network) throws UnknownHostException {
		assertThat(CallerNetwork.of(InetAddress.getByName(address))).isEqualTo(network);
	}

}
