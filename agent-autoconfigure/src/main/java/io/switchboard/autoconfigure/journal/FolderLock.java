package io.switchboard.autoconfigure.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder for one application. The lock goes with the process, however it ends.
 */
final class FolderLock implements AutoCloseable {

	private final FileChannel channel;

	private FolderLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Lock a folder, which is made if it is not there.
	 * @param folder the folder
	 * @return the lock
	 * @throws JournalSetupException if somebody else has it, or it cannot be used
	 */
	static FolderLock of(Path folder) {
		try {
			Files.createDirectories(folder);
			FileChannel channel = FileChannel.open(folder.resolve("journal.lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (!lock(channel, folder)) {
				channel.close();
				throw taken(folder, "another process",
						"Stop the other process, or give each one a folder of its own with 'switchboard.journal.folder'. Processes that run side by side need a DataSource.",
						null);
			}
			return new FolderLock(channel);
		}
		catch (IOException ex) {
			throw new JournalSetupException(
					"The folder of the journal cannot be used:%n%n    - switchboard.journal.folder is '%s': %s"
						.formatted(folder, ex),
					"Set 'switchboard.journal.folder' to a folder that the process may write to, or 'switchboard.journal.store' to 'memory'.",
					ex);
		}
	}

	private static boolean lock(FileChannel channel, Path folder) throws IOException {
		try {
			return channel.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			channel.close();
			throw taken(folder, "another application context of this process",
					"Close the other context. In tests that keep several of them, set 'switchboard.journal.store' to 'memory'.",
					ex);
		}
	}

	private static JournalSetupException taken(Path folder, String owner, String action, @Nullable Throwable cause) {
		return new JournalSetupException(
				"The folder of the journal is in use:%n%n    - switchboard.journal.folder is '%s', and %s has it"
					.formatted(folder, owner),
				action, cause);
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The lock of the journal's folder cannot be given back", ex);
		}
	}

}
