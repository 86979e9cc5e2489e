package io.switchboard.ai.turn;

import java.net.URI;
import java.util.Base64;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

/**
 * A picture, sound or document as it is written down.
 *
 * @param mimeType what it is
 * @param id how the provider calls it, or {@code null}
 * @param name its name
 * @param uri where it is, {@code null} if the data is here
 * @param data the data in Base64, {@code null} if it is elsewhere
 */
record StoredMedia(String mimeType, @Nullable String id, @Nullable String name, @Nullable String uri,
		@Nullable String data) {

	static StoredMedia of(Media media) {
		String uri = null;
		String data = null;
		if (media.getData() instanceof byte[] bytes) {
			data = Base64.getEncoder().encodeToString(bytes);
		}
		else {
			uri = media.getData().toString();
		}
		return new StoredMedia(media.getMimeType().toString(), media.getId(), media.getName(), uri, data);
	}

	Media toMedia() {
		Media.Builder media = Media.builder().mimeType(MimeTypeUtils.parseMimeType(this.mimeType));
		if (this.id != null) {
			media.id(this.id);
		}
		if (this.name != null) {
			media.name(this.name);
		}
		return (this.data != null) ? media.data(Base64.getDecoder().decode(this.data)).build()
				: media.data(URI.create(Objects.requireNonNull(this.uri, "a medium has data or an address"))).build();
	}

}
