package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Lines that survive who writes them.
 */
final class LineFile {

	private final Path path;

	LineFile(Path path) {
		this.path = path;
	}

	/**
	 * Add a line.
	 * @param line the line, with its end
	 */
	void add(String line) {
		try (FileChannel channel = FileChannel.open(this.path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
			channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> read() {
		try {
			return Files.exists(this.path) ? Files.readAllLines(this.path) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
