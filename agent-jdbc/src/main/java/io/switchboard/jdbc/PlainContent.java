package io.switchboard.jdbc;

/**
 * Stores contents as they are.
 */
enum PlainContent implements ContentCodec {

	INSTANCE;

	@Override
	public String encode(String content) {
		return content;
	}

	@Override
	public String decode(String stored) {
		return stored;
	}

}
