package io.switchboard.supervision;

/**
 * What all kinds of children have in common.
 *
 * @param id the child's name
 * @param restart which of its ends are answered with a restart
 * @param shutdown how long it may take to stop
 * @param significant whether its end can end its supervisor
 */
record ChildSettings(String id, Restart restart, Shutdown shutdown, boolean significant) {

}
