package io.switchboard.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicLong;

import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for H2 on which there is room for so much and no more. What is there can be
 * written over, as on most disks; what does not fit is written as far as it does.
 * <p>
 * H2 makes the paths, so the room is that of all.
 */
public final class LimitedDisk extends FilePathWrapper {

	private static final String SCHEME = "limited";

	private static final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

	private static final AtomicLong refused = new AtomicLong();

	/**
	 * Make it known to H2.
	 * @return the beginning of names on it
	 */
	public static String register() {
		FilePath.register(new LimitedDisk());
		return SCHEME + ":";
	}

	/**
	 * Change how much more there is room for.
	 * @param bytes how much
	 */
	public static void leave(long bytes) {
		room.set(bytes);
	}

	/**
	 * Have room for everything again.
	 */
	public static void empty() {
		room.set(Long.MAX_VALUE);
	}

	/**
	 * How many writes found no room.
	 * @return the number
	 */
	public static long refused() {
		return refused.get();
	}

	@Override
	public String getScheme() {
		return SCHEME;
	}

	@Override
	public FileChannel open(String mode) throws IOException {
		return new LimitedFile(super.open(mode));
	}

	@Override
	public void delete() {
		long size = exists() ? size() : 0;
		super.delete();
		giveBack(size);
	}

	private static void giveBack(long bytes) {
		room.updateAndGet((left) -> (left > Long.MAX_VALUE - bytes) ? Long.MAX_VALUE : left + bytes);
	}

	private static void take(long bytes) {
		room.updateAndGet((left) -> (left == Long.MAX_VALUE) ? left : left - bytes);
	}

	private static final class LimitedFile extends FileBase {

		private final FileChannel file;

		LimitedFile(FileChannel file) {
			this.file = file;
		}

		@Override
		public int write(ByteBuffer source) throws IOException {
			int written = write(source, position());
			position(position() + written);
			return written;
		}

		@Override
		public synchronized int write(ByteBuffer source, long position) throws IOException {
			int wanted = source.remaining();
			long grown = Math.max(0, position + wanted - size());
			long granted = Math.min(grown, room.get());
			int fits = (int) Math.max(0, wanted - (grown - granted));
			ByteBuffer part = source.slice(source.position(), fits);
			while (part.hasRemaining()) {
				this.file.write(part, position + part.position());
			}
			source.position(source.position() + fits);
			take(granted);
			if (fits < wanted) {
				refused.incrementAndGet();
				throw new IOException("No space left on device");
			}
			return wanted;
		}

		@Override
		public FileChannel truncate(long size) throws IOException {
			long before = size();
			this.file.truncate(size);
			giveBack(Math.max(0, before - size()));
			return this;
		}

		@Override
		public int read(ByteBuffer target) throws IOException {
			return this.file.read(target);
		}

		@Override
		public synchronized int read(ByteBuffer target, long position) throws IOException {
			return this.file.read(target, position);
		}

		@Override
		public long position() throws IOException {
			return this.file.position();
		}

		@Override
		public FileChannel position(long position) throws IOException {
			this.file.position(position);
			return this;
		}

		@Override
		public long size() throws IOException {
			return this.file.size();
		}

		@Override
		public void force(boolean metaData) throws IOException {
			this.file.force(metaData);
		}

		@Override
		public FileLock tryLock(long position, long size, boolean shared) throws IOException {
			return this.file.tryLock(position, size, shared);
		}

		@Override
		protected void implCloseChannel() throws IOException {
			this.file.close();
		}

	}

}
