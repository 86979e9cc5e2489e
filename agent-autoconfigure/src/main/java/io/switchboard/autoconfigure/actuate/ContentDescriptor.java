package io.switchboard.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;

/**
 * An object on the wire.
 *
 * @param type the name of its class
 * @param text what may be shown of it, absent if that is its class alone
 */
record ContentDescriptor(String type, @Nullable String text) {

}
