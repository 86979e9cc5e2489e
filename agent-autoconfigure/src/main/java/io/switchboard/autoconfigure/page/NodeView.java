package io.switchboard.autoconfigure.page;

import java.util.List;

/**
 * A node from near.
 *
 * @param node the node as Actuator shows it
 * @param actions what may be done to it now
 */
record NodeView(Object node, List<String> actions) {

}
