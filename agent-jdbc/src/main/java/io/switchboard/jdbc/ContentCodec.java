package io.switchboard.jdbc;

/**
 * Changes contents on their way to the database and back, to encrypt what users and
 * models have said. Paths, ids and times stay readable.
 * <p>
 * Called by several threads at once. What it throws when writing fails that write; when
 * reading it, that session.
 *
 * @since 0.1.0
 */
public interface ContentCodec {

	/**
	 * Change a content on its way to the database.
	 * @param content the content, possibly long
	 * @return what to store
	 */
	String encode(String content);

	/**
	 * Change a content on its way back.
	 * @param stored what was stored
	 * @return the content
	 */
	String decode(String stored);

	/**
	 * Store contents as they are.
	 * @return the codec
	 */
	static ContentCodec plain() {
		return PlainContent.INSTANCE;
	}

}
