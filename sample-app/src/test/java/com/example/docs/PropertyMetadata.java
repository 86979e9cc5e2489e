package com.example.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A property as the metadata on the class path describe it.
 *
 * @param name its name, with {@code *} for a key of a map
 * @param type the type of its value, if known
 * @param defaultValue what it is if nobody sets it, as text
 */
record PropertyMetadata(String name, String type, @Nullable String defaultValue) {

	private static final List<PropertyMetadata> ALL = read();

	/**
	 * All properties that anything on the class path describes.
	 * @return the properties
	 */
	static List<PropertyMetadata> all() {
		return ALL;
	}

	/**
	 * Whether this describes a key that somebody set.
	 * @param key the key
	 * @return {@code true} if it does
	 */
	boolean describes(String key) {
		String plain = key.replaceAll("\\[\\d+]", "").replaceAll("\\[[^]]+]", ".bracketed");
		String pattern = this.name.replace(".", "\\.").replace("*", "[^.]+");
		return plain.matches(pattern) || (isMap() && !isMapOfGroups() && plain.matches(pattern + "\\..+"));
	}

	boolean isMap() {
		return this.type.startsWith("java.util.Map");
	}

	/**
	 * Whether the keys below are described one by one.
	 */
	boolean isMapOfGroups() {
		return this.type.contains("SwitchboardProperties$");
	}

	private static List<PropertyMetadata> read() {
		List<PropertyMetadata> properties = new ArrayList<>();
		ClassLoader loader = Objects.requireNonNull(PropertyMetadata.class.getClassLoader());
		try {
			for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream in = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
						JsonNode value = property.path("defaultValue");
						properties.add(new PropertyMetadata(property.path("name").asString(),
								property.path("type").asString(""), value.isValueNode() ? value.asString() : null));
					}
				}
			}
			return properties;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
